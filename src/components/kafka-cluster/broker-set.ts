import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { KafkaClusterConfig } from './config';
import { DATA_MOUNT, METADATA_MOUNT } from './kubernetes-layout';
import { nodeListeners } from './layout';
import { listenerPorts } from './listener-props';
import { isBroker } from './nodes';
import { BROKER_IDENTITY, poolLabels, poolSelector, roleSelector } from './labels';
import type { NodePool, StorageProps } from './node-pool-props';
import { BROKER_CONTAINER, CLAIM_TEMPLATES, CLUSTER_ID_ANNOTATION, brokerNames } from './names';
import { CONFIG_FILES, type BrokerPodPaths } from './start-script';
import { brokerGuard } from './broker-guard';
import { metricsReporter } from './metrics-reporter';
import { placement } from './placement';
import { objectLabels, selectorLabels } from '../../kubernetes/labels';
import { objectMetadata } from '../../kubernetes/object-metadata';
import { SMALL, container, pod } from '../../kubernetes/pod';
import { STAYS } from '../../kubernetes/scheduling';
import { volumeClaim } from '../../kubernetes/volume-claim';

/**
 * Templates, with the files that they mount, to which `kubectl rollout undo` can return: the last one that worked, and
 * those of attempts to correct the one after it. Older ones may not fit what the cluster has become since.
 */
const FORMER_TEMPLATES = 3;

/** What the hook itself takes, and the kubelet between its end and the broker's SIGTERM. */
const HOOK_SECONDS = 15;

const CONFIG = 'config';
const LIVE = 'live';
const SCRATCH = 'scratch';
const METRICS_REPORTER = 'metrics-reporter';
const GUARD = 'guard';

const DATA_VOLUME: k8s.VolumeMount = { name: CLAIM_TEMPLATES.data, mountPath: DATA_MOUNT };
const METADATA_VOLUME: k8s.VolumeMount = { name: CLAIM_TEMPLATES.metadata, mountPath: METADATA_MOUNT };

/** What the brokers' pods are made of. */
export interface BrokerSetProps extends KafkaClusterConfig {
  /** The nodes that the set has. */
  readonly pool: NodePool;
  /** Names of the ConfigMaps with what brokers read: at each start, and what changes in place. */
  readonly configMaps: { readonly config: string; readonly live: string };
  /** Where a broker's pod finds its files. */
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

/** The StatefulSet of a node pool. L1, as cdk8s-plus-27's own has no volume claim templates. */
export class BrokerSet extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: BrokerSetProps,
  ) {
    super(scope, id);
    this.addStatefulSet();
  }

  private addStatefulSet(): void {
    const { statefulSet, headlessService } = brokerNames(this.props);
    const { pool } = this.props;
    new StatefulSetWithSidecars(this, 'stateful-set', {
      metadata: this.metadata(statefulSet(pool)),
      spec: {
        serviceName: headlessService,
        replicas: pool.replicas,
        // Ids of nodes are the ordinals of their pods. A change in place would delete pods at once.
        ...(pool.firstId > 0 && { ordinals: { start: pool.firstId } }),
        // One after the other, the first broker would wait for a quorum that cannot form, and a pod that a template broke
        // would stay broken after the template was corrected (kubernetes/kubernetes#67250). Immutable.
        podManagementPolicy: 'Parallel',
        revisionHistoryLimit: FORMER_TEMPLATES,
        updateStrategy: { type: 'RollingUpdate' },
        selector: { matchLabels: poolSelector(this.props, pool) },
        // Data outlives a deleted or shrunk set; who wants it gone deletes the claims.
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        volumeClaimTemplates: this.claims(),
        template: { metadata: this.podMetadata(), spec: this.pod() },
      },
    });
  }

  private metadata(name: string): k8s.ObjectMeta {
    const { labels, ...metadata } = objectMetadata(this.props, BROKER_IDENTITY, name);
    return { ...metadata, labels: { ...labels, ...poolLabels(this.props.pool) } };
  }

  private podMetadata(): k8s.ObjectMeta {
    return {
      labels: { ...objectLabels(this.props, BROKER_IDENTITY), ...poolLabels(this.props.pool) },
      ...(!this.props.pool.scheduling.autoscalerMayEvict && { annotations: STAYS }),
    };
  }

  private claims(): k8s.KubePersistentVolumeClaimProps[] {
    const { storage, metadataStorage } = this.props.pool;
    const data = this.claim(CLAIM_TEMPLATES.data, storage);
    return metadataStorage === undefined ? [data] : [data, this.claim(CLAIM_TEMPLATES.metadata, metadataStorage)];
  }

  private claim(name: string, storage: StorageProps): k8s.KubePersistentVolumeClaimProps {
    const metadata = {
      name,
      labels: selectorLabels(this.props, BROKER_IDENTITY),
      // Immutable: the API server itself refuses another cluster's brokers on these volumes.
      annotations: { [CLUSTER_ID_ANNOTATION]: this.props.brokers.clusterId },
    };
    return volumeClaim({ metadata, size: storage.size, storageClass: storage.storageClass });
  }

  private pod(): k8s.PodSpec {
    const { pool } = this.props;
    return pod(this.props, {
      // The guard ends a broker whose shutdown cannot end; what is process 1 of its container, only others can kill.
      shareProcessNamespace: true,
      ...placement(pool, roleSelector(this.props, isBroker({ pool }) ? 'broker' : 'controller')),
      terminationGracePeriodSeconds: this.graceSeconds(),
      initContainers: [metricsReporter(this.props, this.reporterMount()), this.guard()],
      containers: [this.container()],
      volumes: [
        { name: CONFIG, configMap: { name: this.props.configMaps.config, defaultMode: 0o555 } },
        { name: LIVE, configMap: { name: this.props.configMaps.live } },
        { name: SCRATCH, emptyDir: SMALL },
        { name: METRICS_REPORTER, emptyDir: SMALL },
      ],
    });
  }

  /** The guard holds up the stop, then controlled shutdown moves leadership and writes out the logs. */
  private graceSeconds(): number {
    const { brokers, guard } = this.props;
    return Math.ceil((guard.stopWaitMs + brokers.shutdownMs) / 1_000) + HOOK_SECONDS;
  }

  private guard(): k8s.Container {
    return brokerGuard(this.props, {
      config: this.configMount(),
      live: this.liveMount(),
      volumes: this.volumeMounts(),
    });
  }

  /** Of the claims. */
  private volumeMounts(): k8s.VolumeMount[] {
    return this.props.pool.metadataStorage === undefined ? [DATA_VOLUME] : [DATA_VOLUME, METADATA_VOLUME];
  }

  private configMount(): k8s.VolumeMount {
    return { name: CONFIG, mountPath: this.props.paths.config, readOnly: true };
  }

  private liveMount(): k8s.VolumeMount {
    return { name: LIVE, mountPath: this.props.paths.live, readOnly: true };
  }

  private reporterMount(): k8s.VolumeMount {
    return { name: METRICS_REPORTER, mountPath: this.props.paths.metricsReporter };
  }

  /**
   * Without probes of its own. Its guard tells whether it is ready; the kubelet starts it again when its process ends; and
   * whatever kills a process that still runs could only make the recovery of a log begin anew, or stop a healthy broker on
   * a node that is short of CPU.
   */
  private container(): k8s.Container {
    const { brokers, paths, pool } = this.props;
    return container({
      name: BROKER_CONTAINER,
      image: brokers.image ?? `apache/kafka:${brokers.version}`,
      command: ['/bin/bash', `${paths.config}/${CONFIG_FILES.start(pool)}`],
      ports: this.ports(),
      lifecycle: { preStop: { exec: { command: ['/bin/bash', `${paths.config}/${CONFIG_FILES.stop}`] } } },
      memory: pool.memory,
      cpuMillicores: pool.cpuMillicores,
      volumeMounts: [
        ...this.volumeMounts(),
        this.configMount(),
        this.liveMount(),
        { name: SCRATCH, mountPath: paths.scratch },
        { ...this.reporterMount(), readOnly: true },
      ],
    });
  }

  private ports(): k8s.ContainerPort[] {
    const { brokers, monitoring, pool } = this.props;
    const numbers = listenerPorts(brokers.listeners);
    const ports = Object.entries({
      ...Object.fromEntries(nodeListeners({ pool }).map((name) => [name, numbers[name]])),
      metrics: monitoring.brokerPort,
    });
    return ports.map(([name, containerPort]) => ({ name, containerPort }));
  }
}
