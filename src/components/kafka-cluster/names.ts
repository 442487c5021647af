import { serviceHost, type Naming } from '../../kubernetes/naming';
import type { NodePool } from './node-pool-props';
import type { Node } from './nodes';

/** `app.kubernetes.io/component` of the brokers, and their name in other components and tools. */
export const KAFKA_CLUSTER = 'broker';

/** The `job` label of the brokers' series. */
export const BROKER_JOB = 'kafka';

/** The `job` label of the guards' series. */
export const GUARD_JOB = 'guard';

/** Name of the container that the broker runs in. */
export const BROKER_CONTAINER = 'kafka';

/** Annotation of the brokers' volume claims: id of the cluster that owns the data. */
export const CLUSTER_ID_ANNOTATION = 'kafka-platform/cluster-id';

/** Names of the templates of the nodes' volume claims, with which the names of the claims begin. */
export const CLAIM_TEMPLATES = { data: 'data', metadata: 'metadata' } as const;

/** Field manager of deploy; a manual `kubectl apply --server-side` uses the same. */
export const FIELD_MANAGER = 'kafka-platform';

/** Names of a cluster's Kubernetes objects. Clients dial some of them, so no release changes them. */
export function brokerNames(naming: Naming) {
  const { name } = naming;
  const statefulSet = (pool: Pick<NodePool, 'name'>): string => `${name}-${pool.name}`;
  const headlessService = `${name}-broker-headless`;
  const bootstrapService = `${name}-bootstrap`;
  // The ordinals of a StatefulSet start at its pool's first id.
  const pod = ({ id, pool }: Node): string => `${statefulSet(pool)}-${id}`;
  /** Host name of a pod. */
  const hostOf = (podName: string): string => `${podName}.${serviceHost(naming, headlessService)}`;
  return {
    statefulSet,
    headlessService,
    bootstrapService,
    /** Of the files of a pool's nodes. @param hash of those files */
    configMap: (pool: Pick<NodePool, 'name'>, hash: string): string => `${statefulSet(pool)}-config-${hash}`,
    liveConfigMap: `${name}-broker-live`,
    /** Over all nodes that store topics. */
    disruptionBudget: `${name}-broker`,
    /** Over all dedicated controllers. */
    controllerDisruptionBudget: `${name}-controller`,
    pod,
    /** Host name of one node; every pod in the cluster can resolve it. */
    podHost: (node: Node): string => hostOf(pod(node)),
    hostOf,
    bootstrapHost: serviceHost(naming, bootstrapService),
  };
}
