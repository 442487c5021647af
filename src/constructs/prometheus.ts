import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Platform } from '../config/load';
import { alertRules } from '../render/alert-rules';
import { contentHash } from '../render/content-hash';
import { objectLabels, selectorLabels } from '../render/labels';
import { workloadNames } from '../render/names';
import { METRICS_LABEL, PROMETHEUS_PORT } from '../render/network-flows';
import { prometheusArguments } from '../render/prometheus-arguments';
import { prometheusConfig } from '../render/prometheus-config';
import { kubernetesTargets } from '../render/scrape-targets';
import { container, pod } from './pod';
import { addPodNames, addService } from './service';
import { volumeClaim } from './volume-claim';

/** `nobody` in the image, whose name the kubelet cannot tell from root. */
const USER = 65_534;

const CONFIG_MOUNT = '/etc/prometheus';
const DATA_MOUNT = '/prometheus';
const CONFIG_FILE = 'prometheus.yml';
const RULES_FILE = 'rules.yml';

/** A Prometheus of the platform's own: it scrapes what the platform runs and holds the rules against it. */
export class Prometheus extends Construct {
  private readonly name: string;

  constructor(
    scope: Construct,
    private readonly config: Platform,
  ) {
    super(scope, 'prometheus');
    this.name = workloadNames(config).prometheus;
    const files = prometheusFiles(config);
    new k8s.KubeConfigMap(this, 'config-map', { metadata: this.metadata(), data: files });
    new k8s.KubeStatefulSet(this, 'stateful-set', {
      metadata: this.metadata(),
      spec: {
        serviceName: this.name,
        replicas: 1,
        selector: { matchLabels: selectorLabels(config, 'prometheus') },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        volumeClaimTemplates: [this.claim()],
        template: {
          metadata: {
            labels: objectLabels(config, 'prometheus'),
            annotations: { 'kafka-platform/config-hash': contentHash(files) },
          },
          spec: this.pod(),
        },
      },
    });
    // Clients of the namespace that serve metrics, whoever deploys them.
    addPodNames(this, config, {
      component: 'prometheus',
      name: workloadNames(config).clientPods,
      ports: { metrics: config.monitoring.clientPort },
      selector: METRICS_LABEL,
    });
    addService(this, config, { component: 'prometheus', name: this.name, ports: { http: PROMETHEUS_PORT } });
  }

  private metadata(): k8s.ObjectMeta {
    return { name: this.name, namespace: this.config.namespace, labels: objectLabels(this.config, 'prometheus') };
  }

  private claim(): k8s.KubePersistentVolumeClaimProps {
    const { size, storageClass } = this.config.monitoring.prometheus;
    const metadata = { name: 'data', labels: selectorLabels(this.config, 'prometheus') };
    return volumeClaim({ metadata, size, storageClass });
  }

  private pod(): k8s.PodSpec {
    const { image, memory, cpuMillicores } = this.config.monitoring.prometheus;
    const probe = (path: string) => ({
      httpGet: { path, port: k8s.IntOrString.fromString('http') },
      periodSeconds: 5,
      timeoutSeconds: 5,
    });
    return pod({
      user: USER,
      containers: [
        container({
          name: 'prometheus',
          image,
          args: prometheusArguments(this.config, {
            configFile: `${CONFIG_MOUNT}/${CONFIG_FILE}`,
            dataDirectory: DATA_MOUNT,
            listenAddress: `:${PROMETHEUS_PORT}`,
          }),
          ports: [{ name: 'http', containerPort: PROMETHEUS_PORT }],
          // Reads its log of recent samples before it answers.
          startupProbe: { ...probe('/-/ready'), failureThreshold: 120 },
          readinessProbe: probe('/-/ready'),
          livenessProbe: { ...probe('/-/healthy'), failureThreshold: 6 },
          memory,
          cpuMillicores,
          volumeMounts: [
            { name: 'config', mountPath: CONFIG_MOUNT, readOnly: true },
            { name: 'data', mountPath: DATA_MOUNT },
          ],
        }),
      ],
      volumes: [{ name: 'config', configMap: { name: this.name } }],
    });
  }
}

const prometheusFiles = (config: Platform): Record<string, string> => ({
  [CONFIG_FILE]: prometheusConfig(config, kubernetesTargets(config), [`${CONFIG_MOUNT}/${RULES_FILE}`]),
  [RULES_FILE]: alertRules(config),
});
