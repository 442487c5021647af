import type { Component } from '../../src/components/component';
import type { KafkaClusterConfig } from '../../src/components/kafka-cluster/config';
import { guardSchema } from '../../src/components/kafka-cluster/guard/props';
import { brokersSchema } from '../../src/components/kafka-cluster/props';
import { securitySchema } from '../../src/components/kafka-cluster/security/props';
import type { RegistryProps } from '../../src/components/schema-registry/props';
import type { Topic } from '../../src/components/topics/topic';
import type { ClientPodConfig } from '../../src/kubernetes/client-pod-config';
import type { Naming } from '../../src/kubernetes/naming';
import type { Scheduling } from '../../src/kubernetes/scheduling-props';
import { monitoringSchema } from '../../src/monitoring/props';
import { days, mebibytes } from '../../src/validation/units';
import { NOT_RENDERED } from './construct';

export const naming: Naming = { name: 'orders', namespace: 'shop', clusterDomain: 'cluster.test' };

export const scheduling: Scheduling = { nodeSelector: {}, tolerations: [] };

/** A changed value of `scheduling`, and its effect in the objects. */
export const OTHER_SCHEDULING = [{ ...scheduling, priorityClassName: 'high' }, 'priorityClassName: high'] as const;

/** What a test changes `imagePullSecrets` to, and how it shows. */
export const OTHER_PULL_SECRETS: readonly [readonly string[], string] = [
  ['registry-credentials'],
  'name: registry-credentials',
];

/** So far only local processes have encrypted listeners: manifests with another mode are refused. */
export const SAME_SECURITY = [{ mode: 'none' }, NOT_RENDERED] as const;

/** A changed value of `imageRegistry`, and its effect in the objects. */
export const OTHER_REGISTRY = ['registry.example/mirror', 'image: registry.example/mirror/'] as const;

const { name, namespace } = naming;

export const clientPodConfig: ClientPodConfig = { name, namespace, runtime: { image: 'runtime:1' }, scheduling };

export const topic: Topic = {
  name: 'invoices',
  partitions: 6,
  replicationFactor: 3,
  minInsyncReplicas: 2,
  keyed: true,
  cleanupPolicy: 'delete',
  retentionMs: days(7),
  segmentBytes: mebibytes(64),
  segmentMs: days(1),
  settings: {},
};

export const monitoring = monitoringSchema.parse({});

/** The configuration of a cluster, with the defaults of the schemas. */
export const clusterConfig: KafkaClusterConfig = {
  ...naming,
  brokers: brokersSchema.parse({ clusterId: 'q1Sh-9_ISia_zwGINzRvyQ' }),
  security: securitySchema.parse({}),
  guard: guardSchema.parse({}),
  monitoring,
  topics: [],
};

export const runtime = { image: 'runtime:1' };

/** Listeners with another port for clients. */
export const otherListeners = clusterConfig.brokers.listeners.map((one) =>
  one.name === 'client' ? { ...one, port: 9999 } : one,
);

export const registry: RegistryProps = {
  provider: 'apicurio',
  replicas: 1,
  heap: mebibytes(400),
  memory: mebibytes(768),
  cpuMillicores: 250,
};

/** A component that serves metrics and has an alert. */
export const queue: Component = {
  name: 'queue',
  podLabels: { app: 'queue' },
  ports: { metrics: 9999 },
  connectsTo: [],
  endpoints: {},
  metrics: [{ job: 'queue', path: '/metrics', targets: [{ address: 'queue:9999' }], port: 'metrics' }],
  isAwaited: false,
  alerts: () => [],
};
