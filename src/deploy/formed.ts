import { brokerNames } from '../components/kafka-cluster/names';
import type { NodePool } from '../components/kafka-cluster/node-pool-props';
import type { Platform } from '../platform/load';
import type { Problem } from '../validation/problems';
import { ordinalOf, type StorageFacts } from './claims';

/** The voters of a formed quorum are static. With a different number of nodes, two leaders could be elected. */
export const formedProblems = (config: Platform, facts: StorageFacts): readonly Problem[] =>
  config.brokers.nodePools.flatMap((pool, index) => {
    const formed = formedWith(brokerNames(config).statefulSet(pool), pool, facts);
    if (formed === undefined || formed === pool.replicas) return [];
    return [
      {
        path: `brokers.nodePools.${index}.replicas`,
        value: pool.replicas,
        message:
          `the cluster in namespace ${config.namespace} of ${facts.context} was formed with ${formed} voters, which it keeps: ` +
          'nodes cannot be added or removed yet',
        allowed: `${formed}, as long as this cluster exists`,
        fix: `set it to ${formed}, or form a new cluster in another namespace and move the data`,
      },
    ];
  });

/**
 * The number of nodes that the quorum was formed with. After scaling down or losing claims, either the StatefulSet or
 * the claims still show it. @returns undefined if no cluster exists
 */
function formedWith(name: string, { firstId, replicas }: NodePool, facts: StorageFacts): number | undefined {
  const set = facts.statefulSets.find(({ metadata }) => metadata.name === name);
  const claimed = facts.claims.flatMap((claim) => {
    const id = ordinalOf(name, claim);
    return id === undefined ? [] : [id - firstId + 1];
  });
  const formed = Math.max(set?.spec.replicas ?? 0, ...claimed);
  // Without the StatefulSet, claims of lost nodes may be missing as well.
  if (set === undefined && formed <= replicas) return undefined;
  return formed > 0 ? formed : undefined;
}
