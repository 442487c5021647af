import type { NodePool } from './node-pool-props';

/** One node of the cluster. */
export interface Node {
  /** `node.id`. */
  readonly id: number;
  readonly pool: NodePool;
}

/** What is read of a configuration for its nodes and their roles. */
export const NODES_READ = [
  'brokers.nodePools.*.firstId',
  'brokers.nodePools.*.replicas',
  'brokers.nodePools.*.roles',
] as const;

interface Pools {
  readonly nodePools: readonly NodePool[];
}

/** Every node, pool after pool. */
export const nodesOf = ({ nodePools }: Pools): readonly Node[] =>
  nodePools.flatMap((pool) =>
    Array.from({ length: pool.replicas }, (_, index) => ({ id: pool.firstId + index, pool })),
  );

/** Whether a node keeps topics. */
export const isBroker = ({ pool }: Pick<Node, 'pool'>): boolean => pool.roles.includes('broker');

/** Whether a node is part of the metadata quorum. */
export const isVoter = ({ pool }: Pick<Node, 'pool'>): boolean => pool.roles.includes('controller');

/** The nodes that keep topics. */
export const brokersOf = (pools: Pools): readonly Node[] => nodesOf(pools).filter(isBroker);

/** The nodes that make up the metadata quorum. */
export const votersOf = (pools: Pools): readonly Node[] => nodesOf(pools).filter(isVoter);

/** The smallest volume claim of a broker, in bytes: what every broker can keep. */
export const smallestClaim = (pools: Pools): number =>
  Math.min(...brokersOf(pools).map(({ pool }) => pool.storage.size));

/** Whether brokers are in racks, the zones of their pools. */
export const hasRacks = (pools: Pools): boolean => brokerPools(pools).some(({ zone }) => zone !== undefined);

/** The pools whose nodes keep topics. */
export const brokerPools = ({ nodePools }: Pools): readonly NodePool[] =>
  nodePools.filter((pool) => isBroker({ pool }));
