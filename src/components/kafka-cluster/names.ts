import { serviceHost, type Naming } from '../../kubernetes/naming';
import type { NodePool } from './node-pool-props';
import type { Node } from './nodes';

/** `app.kubernetes.io/component` of the brokers, and the name by which other components and tools know them. */
export const KAFKA_CLUSTER = 'broker';

/** The `job` label of the brokers' series. */
export const BROKER_JOB = 'kafka';

/** The `job` label of the guards' series. */
export const GUARD_JOB = 'guard';

/** On the brokers' volume claims: whose data they hold. */
export const CLUSTER_ID_ANNOTATION = 'kafka-platform/cluster-id';

/** By which the API server knows what deploy has applied; `kubectl apply --server-side` by hand names the same. */
export const FIELD_MANAGER = 'kafka-platform';

/** Names of what a cluster consists of in Kubernetes. Clients dial some of them: they never change with a release. */
export function brokerNames(naming: Naming) {
  const { name } = naming;
  const statefulSet = (pool: Pick<NodePool, 'name'>): string => `${name}-${pool.name}`;
  const headlessService = `${name}-broker-headless`;
  const bootstrapService = `${name}-bootstrap`;
  // The ordinals of a set begin at its pool's first id.
  const pod = ({ id, pool }: Node): string => `${statefulSet(pool)}-${id}`;
  return {
    statefulSet,
    headlessService,
    bootstrapService,
    configMap: `${name}-broker-config`,
    disruptionBudget: `${name}-broker`,
    pod,
    /** Name of one node that every pod in the cluster resolves. */
    podHost: (node: Node): string => `${pod(node)}.${serviceHost(naming, headlessService)}`,
    bootstrapHost: serviceHost(naming, bootstrapService),
  };
}
