import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Platform } from '../config/load';
import { bootstrapAddress } from '../render/kubernetes-layout';
import { workloadNames } from '../render/names';
import { addDeployment } from './deployment';
import { platformMount } from './file-mount';
import { container, pod } from './pod';
import { runtimeCommand } from './runtime-command';
import { addService } from './service';

/** User of danielqsj/kafka-exporter: `nobody`. */
const KAFKA_EXPORTER_USER = 65_534;

/** Tells how far consumers are behind, which brokers do not. */
export class LagExporter extends Construct {
  constructor(scope: Construct, config: Platform, props: { readonly configMap: string }) {
    super(scope, 'lag-exporter');
    const { lagExporter: name } = workloadNames(config);
    const isOwn = config.monitoring.lagExporter.provider === 'platform';
    addDeployment(this, config, {
      component: 'lag-exporter',
      name,
      pod: isOwn ? ownPod(config, props.configMap) : kafkaExporterPod(config),
    });
    const ports = { metrics: config.monitoring.lagExporter.port };
    addService(this, config, { component: 'lag-exporter', name, ports });
  }
}

function common({ monitoring }: Platform) {
  const { port, memory, cpuMillicores } = monitoring.lagExporter;
  const health = { httpGet: { path: '/healthz', port: k8s.IntOrString.fromString('metrics') }, timeoutSeconds: 5 };
  return {
    name: 'lag-exporter',
    ports: [{ name: 'metrics', containerPort: port }],
    readinessProbe: { ...health, periodSeconds: 5 },
    livenessProbe: { ...health, periodSeconds: 10, failureThreshold: 3 },
    memory,
    cpuMillicores,
  };
}

function ownPod(config: Platform, configMap: string): k8s.PodSpec {
  const platform = platformMount(configMap);
  return pod({
    containers: [
      container({
        ...common(config),
        image: config.runtime.image,
        command: runtimeCommand('lag-exporter'),
        env: platform.env,
        volumeMounts: [platform.mount],
      }),
    ],
    volumes: [platform.volume],
  });
}

/** It needs no configuration but its flags. Source: its README, 1.10. */
function kafkaExporterPod(config: Platform): k8s.PodSpec {
  const { lagExporter } = config.monitoring;
  return pod({
    user: KAFKA_EXPORTER_USER,
    containers: [
      container({
        ...common(config),
        image: lagExporter.image,
        args: [
          `--kafka.server=${bootstrapAddress(config)}`,
          `--web.listen-address=:${lagExporter.port}`,
          // Without it a scrape that meets another one misses series.
          '--concurrent.enable',
        ],
      }),
    ],
  });
}
