import { brokerNames } from '../components/kafka-cluster/names';
import type { NodePool } from '../components/kafka-cluster/node-pool-props';
import { isVoter } from '../components/kafka-cluster/nodes';
import type { Platform } from '../platform/load';
import { commandLine } from '../validation/command-line';
import type { Problem } from '../validation/problems';
import { ordinalOf, type StorageFacts } from './claims';
import { brokersOfGonePools, rolesOf } from './former-pools';
import type { StatefulSet } from './objects';

/** A cluster that exists. */
export interface FormedFacts extends StorageFacts {
  /** Number of partitions of which brokers hold a replica, by id. Undefined if the cluster does not answer. */
  readonly held?: ReadonlyMap<number, number> | undefined;
}

/** What cannot become of the node pools of a cluster that exists: its voters stay those that formed it, and brokers that hold replicas stay. */
export function formedProblems(config: Platform, facts: FormedFacts): readonly Problem[] {
  const pools = poolsOf(config, facts);
  const exists = pools.some(({ set, formed }) => formed !== undefined && mayHaveVoted(set));
  return pools.flatMap(({ pool, index, set, formed }) => {
    const at: PoolAt = { pool, index, where: `the cluster in namespace ${config.namespace} of ${facts.context}` };
    const { start: firstId } = set?.spec.ordinals ?? { start: 0 };
    if (set !== undefined && firstId !== pool.firstId) return [renumbered(at, firstId)];
    if (isVoter({ pool })) return exists && formed !== pool.replicas ? [votersChanged(at, formed ?? 0)] : [];
    return shrunk(at, { formed: formed ?? 0, held: facts.held });
  });
}

/** Brokers that were part of the cluster, by its sets and claims, and are no part of the configuration any more. */
export const removedBrokers = (config: Platform, facts: StorageFacts): readonly number[] => [
  ...poolsOf(config, facts).flatMap(({ pool, formed = 0 }) => (isVoter({ pool }) ? [] : beyond(pool, formed))),
  ...brokersOfGonePools(config, facts),
];

const poolsOf = (config: Platform, facts: StorageFacts) =>
  config.brokers.nodePools.map((pool, index) => {
    const name = brokerNames(config).statefulSet(pool);
    const set = facts.statefulSets.find(({ metadata }) => metadata.name === name);
    return { pool, index, set, formed: formedWith(name, pool, facts) };
  });

/** Brokers alone form no cluster: a first deploy that ended before the controllers were there may be repeated. */
const mayHaveVoted = (set: StatefulSet | undefined): boolean => {
  const roles = set === undefined ? [] : rolesOf(set.metadata);
  return roles.length === 0 || roles.includes('controller');
};

const beyond = ({ firstId, replicas }: NodePool, formed: number): readonly number[] =>
  Array.from({ length: Math.max(0, formed - replicas) }, (_, offset) => firstId + replicas + offset);

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

interface Shrunk extends Pick<FormedFacts, 'held'> {
  /** Number of brokers that the pool had. */
  readonly formed: number;
}

/** Nothing while the brokers to be removed hold nothing. */
function shrunk({ pool, index, where }: PoolAt, { formed, held }: Shrunk): readonly Problem[] {
  const ids = beyond(pool, formed);
  const holding = ids.filter((id) => (held?.get(id) ?? 0) > 0);
  if (ids.length === 0 || (held !== undefined && holding.length === 0)) return [];
  const told = holding.map((id) => `broker ${id} holds replicas of ${held?.get(id)} partitions`);
  const unknown = `${ids.join(', ')} may hold replicas, and the cluster does not answer`;
  return [
    {
      path: `brokers.nodePools.${index}.replicas`,
      value: pool.replicas,
      message: `${where} has ${formed} brokers in the pool ${pool.name}; ${held === undefined ? unknown : told.join(', ')}`,
      allowed: `${formed} or more, or less when these brokers hold nothing`,
      fix:
        held === undefined
          ? `set it to ${formed}, or delete the claims of these brokers if they were drained`
          : `set it to ${formed}, run \`${commandLine(`brokers drain ${ids.join(' ')}`)}\`, then deploy with ${pool.replicas}`,
    },
  ];
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
