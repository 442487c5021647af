import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { urlOf, type Component } from '../component';
import type { PrometheusConfig } from './config';
import { alertRules } from './alert-rules';
import { contentHash } from '../../kubernetes/content-hash';
import { METRICS_LABEL, objectLabels, selectorLabels } from '../../kubernetes/labels';
import { objectMetadata } from '../../kubernetes/object-metadata';
import {
  PROMETHEUS_IDENTITY,
  PROMETHEUS_PORT,
  clientPodsService,
  prometheusEndpoint,
  prometheusService,
} from './model';
import { prometheusArguments } from './arguments';
import { prometheusConfig } from './prometheus-yml';
import { scraped } from '../derived';
import { container, pod } from '../../kubernetes/pod';
import { addPodNames, addService } from '../../kubernetes/service';
import { volumeClaim } from '../../kubernetes/volume-claim';
import { scheduled } from '../../kubernetes/scheduling';

/** `nobody` in the image. The kubelet cannot verify that a user name is not root. */
const USER = 65_534;

const CONFIG_MOUNT = '/etc/prometheus';
const DATA_MOUNT = '/prometheus';
const CONFIG_FILE = 'prometheus.yml';
const RULES_FILE = 'rules.yml';

/** Props of the platform's own Prometheus. */
export interface PrometheusProps extends PrometheusConfig {
  /** Components that are scraped and whose alerts are evaluated. */
  readonly components: readonly Component[];
}

/** The platform's own Prometheus: it scrapes the components and evaluates their alert rules. */
export class Prometheus extends Construct {
  /** URL, reachable from the whole Kubernetes cluster. */
  readonly url: string;
  private readonly name: string;
  private readonly files: Readonly<Record<string, string>>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PrometheusProps,
  ) {
    super(scope, id);
    this.url = urlOf(prometheusEndpoint(props));
    this.name = prometheusService(props);
    this.files = prometheusFiles(props);
    new k8s.KubeConfigMap(this, 'config-map', { metadata: this.metadata(), data: { ...this.files } });
    this.addStatefulSet();
    this.addClientPodNames();
    addService(this, props, { ...PROMETHEUS_IDENTITY, name: this.name, ports: { http: PROMETHEUS_PORT } });
  }

  private metadata() {
    return objectMetadata(this.props, PROMETHEUS_IDENTITY, this.name);
  }

  private addStatefulSet(): void {
    new k8s.KubeStatefulSet(this, 'stateful-set', {
      metadata: this.metadata(),
      spec: {
        serviceName: this.name,
        replicas: 1,
        selector: { matchLabels: selectorLabels(this.props, PROMETHEUS_IDENTITY) },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        volumeClaimTemplates: [this.claim()],
        template: {
          metadata: {
            labels: objectLabels(this.props, PROMETHEUS_IDENTITY),
            annotations: { 'kafka-platform/config-hash': contentHash(this.files) },
          },
          spec: this.pod(),
        },
      },
    });
  }

  /** Includes the pods of clients of other projects in the namespace. */
  private addClientPodNames(): void {
    addPodNames(this, this.props, {
      ...PROMETHEUS_IDENTITY,
      name: clientPodsService(this.props),
      ports: { metrics: this.props.monitoring.clientPort },
      selector: METRICS_LABEL,
    });
  }

  private claim(): k8s.KubePersistentVolumeClaimProps {
    const { size, storageClass } = this.props.monitoring.prometheus;
    const metadata = { name: 'data', labels: selectorLabels(this.props, PROMETHEUS_IDENTITY) };
    return volumeClaim({ metadata, size, storageClass });
  }

  private pod(): k8s.PodSpec {
    const { image, memory, cpuMillicores } = this.props.monitoring.prometheus;
    const probe = (path: string) => ({
      httpGet: { path, port: k8s.IntOrString.fromString('http') },
      periodSeconds: 5,
      timeoutSeconds: 5,
    });
    return pod(this.props, {
      ...scheduled(this.props.scheduling),
      user: USER,
      containers: [
        container({
          name: 'prometheus',
          image,
          args: prometheusArguments(this.props, {
            configFile: `${CONFIG_MOUNT}/${CONFIG_FILE}`,
            dataDirectory: DATA_MOUNT,
            listenAddress: `:${PROMETHEUS_PORT}`,
          }),
          ports: [{ name: 'http', containerPort: PROMETHEUS_PORT }],
          // Prometheus is healthy while it replays its write-ahead log, and ready only afterwards.
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

const prometheusFiles = ({ components, ...config }: PrometheusProps): Record<string, string> => ({
  [CONFIG_FILE]: prometheusConfig(
    config,
    scraped(components).map(({ metrics }) => metrics),
    [`${CONFIG_MOUNT}/${RULES_FILE}`],
  ),
  [RULES_FILE]: alertRules(components, config.monitoring),
});
