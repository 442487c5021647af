import { patch } from './patch-kafkajs';

interface Server {
  readonly host: string;
  readonly port: number;
}

/** The used part of kafkajs's private cluster class. */
interface Cluster {
  readonly brokerPool: {
    readonly seedBroker?: { readonly connectionPool: Server; versions: unknown };
  };
  removeBroker: (this: Cluster, server: Server) => void;
}

/**
 * Requests the API versions of the seed broker again after its connection was lost. kafkajs 2.2.4 reconnects to a known
 * seed broker without any request. A restarted consumer that knows no other broker would then ask a frozen seed broker
 * again and again. With the request, it continues with the next seed broker.
 */
export const doubtLostServers = patch('Cluster', (cluster: Cluster) => {
  const { removeBroker } = cluster;
  cluster.removeBroker = function (server) {
    removeBroker.call(this, server);
    const { seedBroker } = this.brokerPool;
    if (seedBroker === undefined) return;
    const { host, port } = seedBroker.connectionPool;
    if (host === server.host && port === server.port) seedBroker.versions = null;
  };
});
