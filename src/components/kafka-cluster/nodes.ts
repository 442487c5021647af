import type { NodePool } from './node-pool-props';

/** One node of the cluster. */
export interface Node {
  /** `node.id`. */
  readonly id: number;
  readonly pool: NodePool;
}

/** Settings that determine the nodes and their roles. */
export const NODES_READ = [
  'brokers.nodePools.*.firstId',
  'brokers.nodePools.*.replicas',
  'brokers.nodePools.*.roles',
] as const;

interface Pools {
  readonly nodePools: readonly NodePool[];
}

/** All nodes, pool by pool. */
export const nodesOf = ({ nodePools }: Pools): readonly Node[] =>
  nodePools.flatMap((pool) =>
    Array.from({ length: pool.replicas }, (_, index) => ({ id: pool.firstId + index, pool })),
  );

interface HasRoles {
  readonly pool: Pick<NodePool, 'roles'>;
}

/** Whether a node stores topics. */
export const isBroker = ({ pool }: HasRoles): boolean => pool.roles.includes('broker');

/** Whether a node is part of the metadata quorum. */
export const isVoter = ({ pool }: HasRoles): boolean => pool.roles.includes('controller');

/** Whether the metadata log of a node has a volume of its own. */
export const hasMetadataVolume = ({ pool }: Node): boolean => pool.metadataStorage !== undefined;

/** Nodes that store topics. */
export const brokersOf = (pools: Pools): readonly Node[] => nodesOf(pools).filter(isBroker);

/** Nodes of the metadata quorum. */
export const votersOf = (pools: Pools): readonly Node[] => nodesOf(pools).filter(isVoter);

/** How many nodes there are, for people. */
export function nodesText(pools: Pools): string {
  const controllers = nodesOf(pools).filter((node) => !isBroker(node)).length;
  const brokers = `${brokersOf(pools).length} brokers`;
  return controllers === 0 ? brokers : `${controllers} controllers and ${brokers}`;
}

/** What a node is called at the beginning of a sentence, within one, and where nodes of Kubernetes are not meant anyway. */
interface NodeWords {
  readonly Node: string;
  readonly node: string;
  readonly short: string;
}

/** How texts call any node: a broker, unless some are controllers alone. */
export function nodeWords(pools: Pools): NodeWords {
  if (nodesOf(pools).every(isBroker)) return { Node: 'Broker', node: 'broker', short: 'broker' };
  return { Node: 'Kafka node', node: 'Kafka node', short: 'node' };
}

/** Pools of controllers alone. */
export const controllerPools = ({ nodePools }: Pools): readonly NodePool[] =>
  nodePools.filter((pool) => !isBroker({ pool }));

/** Smallest volume claim of a broker, in bytes: the space that every broker has. */
export const smallestClaim = (pools: Pools): number =>
  Math.min(...brokersOf(pools).map(({ pool }) => pool.storage.size));

/** Whether brokers are in racks, the zones of their pools. */
export const hasRacks = (pools: Pools): boolean => brokerPools(pools).some(({ zone }) => zone !== undefined);

/** Pools whose nodes store topics. */
export const brokerPools = ({ nodePools }: Pools): readonly NodePool[] =>
  nodePools.filter((pool) => isBroker({ pool }));
