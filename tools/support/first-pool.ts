import type { NodePool } from '../../src/components/kafka-cluster/node-pool-props';

/** The first node pool of a configuration, before or after parsing. */
export function firstPool<Pool extends Partial<NodePool>>(brokers: { readonly nodePools: readonly Pool[] }): Pool {
  const [first] = brokers.nodePools;
  if (first === undefined) throw new Error('there is no node pool');
  return first;
}
