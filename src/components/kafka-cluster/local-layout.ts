import type { KafkaClusterConfig } from './config';
import type { ClusterLayout, NodeCertificates } from './layout';
import { nodesOf } from './nodes';

export const LOOPBACK = '127.0.0.1';

/** Of a node's directory: that of the metadata log, where it stands for a volume. */
export const METADATA_DIRECTORY = 'metadata';

/** Of a node's directory: that of its certificates. */
const TLS_DIRECTORY = 'tls';

/** Number of ports that each broker listens on. */
export const PORTS_PER_BROKER = 4;

/** Client, controller, replication and metrics port of one broker. */
export type BrokerPorts = readonly [number, number, number, number];

interface LocalPlaces {
  /** Ports of each node, in the order of the nodes. */
  readonly ports: readonly BrokerPorts[];
  /** Directory of one broker. */
  readonly directory: (nodeId: number) => string;
}

/** Layout of brokers that are processes on the loopback interface. */
export function localLayout(config: KafkaClusterConfig, { ports, directory }: LocalPlaces): ClusterLayout {
  return {
    bindAddress: LOOPBACK,
    nodes: nodesOf(config.brokers).map((node, index) => {
      const { id } = node;
      const own = ports[index];
      if (own === undefined) throw new Error(`no ports for broker ${id}`);
      const [client, controller, replication, metricsPort] = own;
      return {
        ...node,
        host: LOOPBACK,
        ports: { client, controller, replication },
        metricsPort,
        logDirectory: `${directory(id)}/log`,
        ...(config.security.mode === 'tls' && { certificates: certificatesIn(`${directory(id)}/${TLS_DIRECTORY}`) }),
        ...(node.pool.metadataStorage !== undefined && {
          metadataLogDirectory: `${directory(id)}/${METADATA_DIRECTORY}`,
        }),
      };
    }),
  };
}

const certificatesIn = (directory: string): NodeCertificates => ({
  internal: `${directory}/internal.pem`,
  trusted: `${directory}/trusted.pem`,
  client: `${directory}/clients.pem`,
});
