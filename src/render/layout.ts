import type { Platform } from '../config/load';

/** Names of the listeners; the controller one is never advertised. */
export const LISTENERS = { client: 'CLIENT', controller: 'CONTROLLER', replication: 'REPLICATION' } as const;

export type Listener = keyof typeof LISTENERS;

/** Where one broker can be reached. */
export interface BrokerNode {
  /** `node.id`; the StatefulSet's ordinal. */
  readonly id: number;
  /** Name that clients, brokers and voters dial. */
  readonly host: string;
  readonly ports: Readonly<Record<Listener, number>>;
  /** Of its metrics. */
  readonly metricsPort: number;
  /** Directory of the broker's logs and metadata; never the root of a volume, where `lost+found` would stand. */
  readonly logDirectory: string;
}

/** Where the nodes of a cluster stand: the one thing in which targets differ. */
export interface ClusterLayout {
  readonly nodes: readonly BrokerNode[];
  /** Address that listeners bind to; empty for all interfaces. */
  readonly bindAddress: string;
}

/** `host:port` of every broker's client listener, for clients' `bootstrap.servers`. */
export const bootstrapServers = ({ nodes }: ClusterLayout): readonly string[] =>
  nodes.map(({ host, ports }) => `${host}:${ports.client}`);

/** `controller.quorum.voters`: the same text on every node. */
export const quorumVoters = ({ nodes }: ClusterLayout): string =>
  nodes.map(({ id, host, ports }) => `${id}@${host}:${ports.controller}`).join(',');

/** `node.id` of every broker. */
export const nodeIds = ({ brokers }: Platform): readonly number[] =>
  Array.from({ length: brokers.count }, (_, id) => id);
