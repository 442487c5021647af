import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { LagExporterConfig } from './config';
import { contentHash } from '../../kubernetes/content-hash';
import { bootstrapAddress, kubernetesLayout } from '../kafka-cluster/kubernetes-layout';
import { bootstrapServers } from '../kafka-cluster/layout';
import { lagExporterEndpoint, lagExporterIdentity, lagExporterService } from './model';
import { addressOf } from '../component';
import { addDeployment } from '../../kubernetes/deployment';
import { platformMount } from '../../kubernetes/file-mount';
import { container, pod } from '../../kubernetes/pod';
import { runtimeCommand } from '../../kubernetes/runtime-command';
import { addService } from '../../kubernetes/service';
import { scheduled } from '../../kubernetes/scheduling';

/** User of the image danielqsj/kafka-exporter, `nobody`. */
const KAFKA_EXPORTER_USER = 65_534;

/** Props of the lag exporter. */
export interface LagExporterProps extends LagExporterConfig {
  /** Names of the ConfigMaps with the configuration, as provided by `PlatformConfig`. */
  readonly configMaps: readonly string[];
}

/** The exporter of consumer lag. Brokers do not export consumer lag themselves. */
export class LagExporter extends Construct {
  /** Address of the metrics as `host:port`, reachable from the whole Kubernetes cluster. */
  readonly metricsAddress: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LagExporterProps,
  ) {
    super(scope, id);
    this.metricsAddress = addressOf(lagExporterEndpoint(props));
    this.addDeployment();
    this.addService();
  }

  private addDeployment(): void {
    const isOwn = this.props.monitoring.lagExporter.provider === 'platform';
    addDeployment(this, this.props, {
      ...lagExporterIdentity(this.props),
      name: lagExporterService(this.props),
      pod: isOwn ? ownPod(this.props) : kafkaExporterPod(this.props),
      annotations: isOwn ? { 'kafka-platform/config-hash': contentHash(readByExporter(this.props)) } : {},
    });
  }

  private addService(): void {
    const ports = { metrics: this.props.monitoring.lagExporter.port };
    const name = lagExporterService(this.props);
    addService(this, this.props, { ...lagExporterIdentity(this.props), name, ports });
  }
}

/** The part of the configuration that the program reads once, at its start; a change restarts the pod. */
const readByExporter = (config: LagExporterConfig): Record<string, string> => ({
  bootstrap: bootstrapServers(kubernetesLayout(config)).join(),
  settings: JSON.stringify(config.monitoring.lagExporter),
});

function common({ monitoring }: LagExporterConfig) {
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

function ownPod({ configMaps, ...config }: LagExporterProps): k8s.PodSpec {
  const platform = platformMount(configMaps);
  return pod(config, {
    ...scheduled(config.scheduling),
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

/** kafka-exporter is configured by flags only. Source: its README, 1.10. */
function kafkaExporterPod(config: LagExporterConfig): k8s.PodSpec {
  const { lagExporter } = config.monitoring;
  return pod(config, {
    ...scheduled(config.scheduling),
    user: KAFKA_EXPORTER_USER,
    containers: [
      container({
        ...common(config),
        image: lagExporter.image,
        args: [
          `--kafka.server=${bootstrapAddress(config)}`,
          `--web.listen-address=:${lagExporter.port}`,
          // Without this flag, concurrent scrapes miss series.
          '--concurrent.enable',
          ...excluded(lagExporter.ignoreGroups),
        ],
      }),
    ],
  });
}

/** kafka-exporter accepts a single pattern of excluded groups. */
const excluded = (patterns: readonly string[]): readonly string[] =>
  patterns.length === 0 ? [] : [`--group.exclude=${patterns.map((one) => `(${one})`).join('|')}`];
