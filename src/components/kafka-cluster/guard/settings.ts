import type { KafkaClusterConfig } from '../config';
import type { Milliseconds } from '../../../validation/units';
import type { BrokerNode, ClusterLayout } from '../layout';
import type { NodePool } from '../node-pool-props';
import { isBroker, isVoter } from '../nodes';

/** One node as the guards reach it. */
export interface GuardedNode {
  readonly id: number;
  readonly host: string;
  /** Of its replication listener: guards talk to brokers as brokers do, so that no further flow has to be open. */
  readonly kafkaPort: number;
  /** Of its controller listener. */
  readonly controllerPort: number;
  /** Of the guard beside it. */
  readonly guardPort: number;
  /** Whether it stores topics. */
  readonly isBroker: boolean;
  /** Whether it is part of the metadata quorum. */
  readonly isController: boolean;
  /** Directory of its logs and metadata, which its own guard reads. */
  readonly logDirectory: string;
  /** That of the metadata log, where it has a volume of its own. */
  readonly metadataLogDirectory?: string;
}

/** Where a node stands, apart from its name. */
type OwnPlace = Omit<GuardedNode, 'id' | 'host'>;

/** What the guards of a pool know. */
interface Common {
  /** `brokers.clusterId`. */
  readonly clusterId: string;
  /** Of the pods. */
  readonly namespace: string;
  readonly stopWaitMs: Milliseconds;
  /** What the nodes of the guard's pool have alike, for one that is not among the nodes any more. */
  readonly own?: OwnPlace;
}

/** All that a guard knows. */
export interface GuardSettings extends Common {
  /** Nodes of the configuration, as it is at this moment. */
  readonly nodes: readonly GuardedNode[];
}

/** The file beside a pool's properties. It stays the same when brokers come and go. */
export interface GuardFile extends Common {
  readonly own: OwnPlace;
  /** Nodes of the metadata quorum. */
  readonly controllers: readonly GuardedNode[];
}

type Places = Pick<GuardSettings, 'nodes' | 'own'>;

/** A node reaches itself by the loopback interface. */
const OWN_HOST = '127.0.0.1';

/** @param guardPort port of the guard of a node */
export function guardSettings(
  config: KafkaClusterConfig,
  { nodes }: ClusterLayout,
  guardPort: (nodeId: number) => number = () => config.guard.port,
): GuardSettings {
  return { ...common(config), nodes: nodes.map((node) => guarded(node, guardPort(node.id))) };
}

/** The file of the guards of a pool. */
export function guardFile(
  config: KafkaClusterConfig,
  { nodes }: ClusterLayout,
  pool: Pick<NodePool, 'name'>,
): GuardFile {
  const first = nodes.find((node) => node.pool.name === pool.name);
  if (first === undefined) throw new Error(`the pool ${pool.name} has no nodes`);
  return {
    ...common(config),
    own: placeOf(first, config.guard.port),
    controllers: nodes.filter(isVoter).map((node) => guarded(node, config.guard.port)),
  };
}

/** What every guard reads anew: the brokers that are no controllers. */
export const brokersFile = ({ guard }: KafkaClusterConfig, { nodes }: ClusterLayout): readonly GuardedNode[] =>
  nodes.filter((node) => !isVoter(node)).map((node) => guarded(node, guard.port));

const common = ({ namespace, brokers, guard }: KafkaClusterConfig): Common => ({
  namespace,
  clusterId: brokers.clusterId,
  stopWaitMs: guard.stopWaitMs,
});

const guarded = (node: BrokerNode, guardPort: number): GuardedNode => ({
  id: node.id,
  host: node.host,
  ...placeOf(node, guardPort),
});

const placeOf = ({ pool, ports, logDirectory, metadataLogDirectory }: BrokerNode, guardPort: number): OwnPlace => ({
  kafkaPort: ports.replication,
  controllerPort: ports.controller,
  guardPort,
  isBroker: isBroker({ pool }),
  isController: isVoter({ pool }),
  logDirectory,
  ...(metadataLogDirectory !== undefined && { metadataLogDirectory }),
});

/** The node beside a guard, or another one. @throws when no node has the id */
export function nodeWithId({ nodes, own }: Places, nodeId: number): GuardedNode {
  const node = nodes.find(({ id }) => id === nodeId) ?? (own && { ...own, id: nodeId, host: OWN_HOST });
  if (node === undefined)
    throw new Error(`there is no node ${nodeId}; there are ${nodes.map(({ id }) => id).join(', ')}`);
  return node;
}
