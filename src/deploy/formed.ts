import { brokerNames } from '../components/kafka-cluster/names';
import type { NodePool } from '../components/kafka-cluster/node-pool-props';
import { isVoter } from '../components/kafka-cluster/nodes';
import type { Platform } from '../platform/load';
import type { Problem } from '../validation/problems';
import { ordinalOf, type StorageFacts } from './claims';

/** What cannot become of the node pools of a cluster that exists: its voters stay those that formed it, and brokers are not removed. */
export function formedProblems(config: Platform, facts: StorageFacts): readonly Problem[] {
  const { nodePools } = config.brokers;
  const pools = nodePools.map((pool, index) => ({
    pool,
    index,
    formed: formedWith(brokerNames(config).statefulSet(pool), pool, facts),
  }));
  const exists = pools.some(({ formed }) => formed !== undefined);
  return pools.flatMap(({ pool, index, formed }) => {
    const at: PoolAt = { pool, index, where: `the cluster in namespace ${config.namespace} of ${facts.context}` };
    const set = facts.statefulSets.find(({ metadata }) => metadata.name === brokerNames(config).statefulSet(pool));
    const { start: firstId } = set?.spec.ordinals ?? { start: 0 };
    if (set !== undefined && firstId !== pool.firstId) return [renumbered(at, firstId)];
    if (isVoter({ pool })) return exists && formed !== pool.replicas ? [votersChanged(at, formed ?? 0)] : [];
    return formed !== undefined && formed > pool.replicas ? [shrunk(at, formed)] : [];
  });
}

interface PoolAt {
  readonly pool: NodePool;
  readonly index: number;
  /** The cluster, in messages. */
  readonly where: string;
}

const renumbered = ({ pool, index, where }: PoolAt, firstId: number): Problem => ({
  path: `brokers.nodePools.${index}.firstId`,
  value: pool.firstId,
  message: `the nodes of the pool ${pool.name} in ${where} begin with ${firstId}: with other ids, Kubernetes would delete their pods at once`,
  allowed: `${firstId}, as long as this pool exists`,
  fix: `set it to ${firstId}, or add a pool with other ids`,
});

function votersChanged({ pool, index, where }: PoolAt, formed: number): Problem {
  const isNew = formed === 0;
  return {
    path: isNew ? `brokers.nodePools.${index}` : `brokers.nodePools.${index}.replicas`,
    value: isNew ? pool.name : pool.replicas,
    message: isNew
      ? `${where} was formed without these controllers: its voters stay those that formed it`
      : `${where} was formed with ${formed} voters in this pool, which it keeps: controllers cannot be added or removed yet`,
    allowed: isNew ? 'no further pool with the role controller' : `${formed}, as long as this cluster exists`,
    fix: isNew
      ? 'remove the pool, or form a new cluster in another namespace and move the data'
      : `set it to ${formed}, or form a new cluster in another namespace and move the data`,
  };
}

function shrunk({ pool: { name, firstId, replicas }, index, where }: PoolAt, formed: number): Problem {
  const ids = Array.from({ length: formed - replicas }, (_, offset) => firstId + replicas + offset);
  return {
    path: `brokers.nodePools.${index}.replicas`,
    value: replicas,
    message: `${where} has ${formed} brokers in the pool ${name}; ${ids.join(', ')} may hold replicas: a pool can grow, and not shrink yet`,
    allowed: `${formed} or more`,
    fix: `set it to ${formed}`,
  };
}

/**
 * The number of nodes that a pool had. After scaling down or losing claims, either the StatefulSet or the claims still
 * show it. @returns undefined if the pool does not exist
 */
function formedWith(name: string, { firstId, replicas }: NodePool, facts: StorageFacts): number | undefined {
  const set = facts.statefulSets.find(({ metadata }) => metadata.name === name);
  const claimed = facts.claims.flatMap((claim) => {
    const id = ordinalOf(name, claim);
    return id === undefined ? [] : [id - firstId + 1];
  });
  const formed = Math.max(set?.spec.replicas ?? 0, ...claimed);
  if (formed === 0) return undefined;
  // Without the StatefulSet, claims of lost nodes may be missing as well.
  return set === undefined ? Math.max(formed, replicas) : formed;
}
