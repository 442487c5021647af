import type { Socket } from 'node:net';
import { KafkaJSConnectionError } from 'kafkajs';
import { patch } from './patch-kafkajs';

interface OutgoingRequest {
  readonly request: { readonly apiKey: number };
}

/** The used part of kafkajs's private connection class. */
interface Connection {
  readonly host: string;
  readonly port: number;
  readonly socket: Socket;
  send: (this: Connection, outgoing: OutgoingRequest) => Promise<unknown>;
}

/** The first request to a broker whose API versions are not known. */
const API_VERSIONS = 18;

/**
 * Closes a connection on which a request timed out, and reports the connection as lost. kafkajs 2.2.4 keeps such a
 * connection. It then continues to send requests to a frozen broker or to a broker whose node has disappeared: as seed
 * broker, as group coordinator, or as leader of partitions that have other leaders now. After a lost connection,
 * kafkajs looks for another broker.
 */
export const closeHungConnections = patch('Connection', (connection: Connection) => {
  const { send } = connection;
  connection.send = async function (outgoing) {
    try {
      return await send.call(this, outgoing);
    } catch (error) {
      const { name, message } = error as Error;
      if (name !== 'KafkaJSRequestTimeoutError') throw error;
      const { host, port } = this;
      this.socket.destroy(error as Error);
      const lost = new KafkaJSConnectionError(message, { broker: `${host}:${port}` });
      // After this error kafkajs continues with the next seed broker; after the other one it asks known brokers for the
      // current leaders.
      if (outgoing.request.apiKey === API_VERSIONS) throw lost;
      throw Object.assign(lost, { name: 'KafkaJSConnectionClosedError', host, port });
    }
  };
});
