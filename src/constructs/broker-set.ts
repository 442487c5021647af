import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Platform } from '../config/load';
import { DATA_MOUNT } from '../render/kubernetes-layout';
import { CLUSTER_ID_ANNOTATION, brokerNames } from '../render/names';
import { CONFIG_FILES, type BrokerPodPaths } from '../render/start-script';
import type { BrokerConfig } from './broker-config';
import { brokerGuard } from './broker-guard';
import { metricsReporter } from './metrics-reporter';
import { brokerProbes } from './broker-probes';
import { objectLabels, selectorLabels } from '../render/labels';
import { container, pod } from './pod';
import { volumeClaim } from './volume-claim';

/** What the hook itself takes, and the kubelet between its end and the broker's SIGTERM. */
const HOOK_SECONDS = 15;

const DATA = 'data';
const CONFIG = 'config';
const SCRATCH = 'scratch';
const METRICS_REPORTER = 'metrics-reporter';
const GUARD = 'guard';

interface BrokerSetProps {
  readonly files: BrokerConfig;
  readonly paths: BrokerPodPaths;
}

/**
 * Init containers that go on beside the containers, as Kubernetes has them since 1.29. The schema of cdk8s-plus-27 does
 * not know the field and would drop it.
 */
class StatefulSetWithSidecars extends k8s.KubeStatefulSet {
  override toJson(): unknown {
    const json = super.toJson() as { spec: { template: { spec: { initContainers: { name: string }[] } } } };
    const pod = json.spec.template.spec;
    pod.initContainers = pod.initContainers.map((container) =>
      container.name === GUARD ? { ...container, restartPolicy: 'Always' } : container,
    );
    return json;
  }
}

/** The StatefulSet of the brokers. L1, as cdk8s-plus-27's own has no volume claim templates. */
export class BrokerSet extends Construct {
  constructor(
    scope: Construct,
    private readonly config: Platform,
    private readonly props: BrokerSetProps,
  ) {
    super(scope, 'set');
    const names = brokerNames(config);
    new StatefulSetWithSidecars(this, 'stateful-set', {
      metadata: { name: names.statefulSet, namespace: config.namespace, labels: objectLabels(config, 'broker') },
      spec: {
        serviceName: names.headlessService,
        replicas: config.brokers.count,
        // One after the other, the first broker would wait for a quorum that cannot form. Immutable.
        podManagementPolicy: 'Parallel',
        updateStrategy: { type: 'RollingUpdate' },
        selector: { matchLabels: selectorLabels(config, 'broker') },
        // Data outlives a deleted or shrunk set; who wants it gone deletes the claims.
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        volumeClaimTemplates: [this.claim()],
        template: {
          metadata: {
            labels: objectLabels(config, 'broker'),
            annotations: { 'kafka-platform/config-hash': this.props.files.hash },
          },
          spec: this.pod(),
        },
      },
    });
  }

  private claim(): k8s.KubePersistentVolumeClaimProps {
    const { quorum, storage } = this.config.brokers;
    const metadata = {
      name: DATA,
      labels: selectorLabels(this.config, 'broker'),
      // Immutable: the API server itself refuses another cluster's brokers on these volumes.
      annotations: { [CLUSTER_ID_ANNOTATION]: quorum.clusterId },
    };
    return volumeClaim({ metadata, size: storage.size, storageClass: storage.storageClass });
  }

  private pod(): k8s.PodSpec {
    return pod({
      // The guard ends a broker whose shutdown cannot end; what is process 1 of its container, only others can kill.
      shareProcessNamespace: true,
      terminationGracePeriodSeconds: this.graceSeconds(),
      topologySpreadConstraints: this.spread(),
      initContainers: [
        metricsReporter(this.config, this.reporterMount()),
        brokerGuard(this.config, this.configMount()),
      ],
      containers: [this.container()],
      volumes: [
        { name: CONFIG, configMap: { name: this.props.files.name, defaultMode: 0o555 } },
        { name: SCRATCH, emptyDir: {} },
        { name: METRICS_REPORTER, emptyDir: {} },
      ],
    });
  }

  /** The guard holds up the stop, then controlled shutdown moves leadership and writes out the logs. */
  private graceSeconds(): number {
    const { brokers, guard } = this.config;
    return Math.ceil((guard.stopWaitMs + brokers.shutdownMs) / 1_000) + HOOK_SECONDS;
  }

  private configMount(): k8s.VolumeMount {
    return { name: CONFIG, mountPath: this.props.paths.config, readOnly: true };
  }

  private reporterMount(): k8s.VolumeMount {
    return { name: METRICS_REPORTER, mountPath: this.props.paths.metricsReporter };
  }

  /** Brokers on nodes and zones of their own where there are enough; never unschedulable where there are not. */
  private spread(): k8s.TopologySpreadConstraint[] {
    return ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
      topologyKey,
      maxSkew: 1,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: selectorLabels(this.config, 'broker') },
    }));
  }

  private container(): k8s.Container {
    const { brokers, monitoring } = this.config;
    const { config, scratch } = this.props.paths;
    return container({
      name: 'kafka',
      image: brokers.image ?? `apache/kafka:${brokers.version}`,
      command: ['/bin/bash', `${config}/${CONFIG_FILES.start}`],
      ports: Object.entries({ ...brokers.listeners, metrics: monitoring.brokerPort }).map(([name, containerPort]) => ({
        name,
        containerPort,
      })),
      ...brokerProbes(`${config}/${CONFIG_FILES.ready}`),
      lifecycle: { preStop: { exec: { command: ['/bin/bash', `${config}/${CONFIG_FILES.stop}`] } } },
      memory: brokers.memory,
      cpuMillicores: brokers.cpuMillicores,
      volumeMounts: [
        { name: DATA, mountPath: DATA_MOUNT },
        this.configMount(),
        { name: SCRATCH, mountPath: scratch },
        { ...this.reporterMount(), readOnly: true },
      ],
    });
  }
}
