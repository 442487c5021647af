import type { KafkaConnection } from '../../protocol/connection';
import { LISTENER_NAMES, type ListenerName } from './listener-props';
import { isBroker, isVoter, type Node } from './nodes';
import type { NodePool } from './node-pool-props';

/** Names of the listeners. */
export const LISTENERS = {
  client: 'CLIENT',
  controller: 'CONTROLLER',
  replication: 'REPLICATION',
} as const satisfies Record<ListenerName, string>;

/** Files with the certificates of a node, as Kafka reads them (PEM). */
export interface NodeCertificates {
  /** Key and certificates towards other nodes, as a server and as a client. */
  readonly internal: string;
  /** Certificates of the authority that issues those of nodes and administrators. */
  readonly trusted: string;
  /** Key and certificates towards clients. */
  readonly client: string;
}

/** A node with its addresses and its log directory. */
export interface BrokerNode {
  /** `node.id`. */
  readonly id: number;
  readonly pool: NodePool;
  /** Name that clients, brokers and voters dial. */
  readonly host: string;
  readonly ports: Readonly<Record<ListenerName, number>>;
  readonly metricsPort: number;
  /** Directory of the broker's logs and metadata; never the root of a volume, which may contain `lost+found`. */
  readonly logDirectory: string;
  /** Directory of the metadata log alone, where it has a volume of its own. */
  readonly metadataLogDirectory?: string;
  /** Where listeners are encrypted. */
  readonly certificates?: NodeCertificates;
}

/** A node in messages. */
export const nodeName = (node: { readonly id: number | string; readonly pool: NodePool }): string =>
  `${isBroker(node) ? 'Broker' : 'Controller'} ${node.id}`;

/** The listeners that a node has: those of its roles. */
export const nodeListeners = (node: Pick<Node, 'pool'>): readonly ListenerName[] =>
  LISTENER_NAMES.filter((name) => (name === 'controller' ? isVoter(node) : isBroker(node)));

/** Addresses and directories of a cluster's nodes: the only difference between targets. */
export interface ClusterLayout {
  readonly nodes: readonly BrokerNode[];
  /** Address that listeners bind to; empty for all interfaces. */
  readonly bindAddress: string;
}

/** `host:port` of every broker's client listener, for clients' `bootstrap.servers`. */
export const bootstrapServers = ({ nodes }: ClusterLayout): readonly string[] =>
  nodes.filter(isBroker).map(({ host, ports }) => `${host}:${ports.client}`);

/** Connection to the cluster through all of its brokers. */
export const connectionTo = (layout: ClusterLayout, clientId: string): KafkaConnection => ({
  bootstrapServers: bootstrapServers(layout),
  clientId,
});

/** The nodes that make up the metadata quorum. */
export const controllersOf = ({ nodes }: ClusterLayout): readonly BrokerNode[] => nodes.filter(isVoter);

/** `controller.quorum.bootstrap.servers`: the same text on every node. The voters themselves are in the metadata log. */
export const quorumServers = (layout: ClusterLayout): string =>
  controllersOf(layout)
    .map(({ host, ports }) => `${host}:${ports.controller}`)
    .join(',');
