import type { Socket } from 'node:net';
import { KafkaJSConnectionError } from 'kafkajs';
import { mend } from './mend-kafkajs';

interface OutgoingRequest {
  readonly request: { readonly apiKey: number };
}

/** What is used of kafkajs's private connection to a broker. */
interface Connection {
  readonly host: string;
  readonly port: number;
  readonly socket: Socket;
  send: (this: Connection, outgoing: OutgoingRequest) => Promise<unknown>;
}

interface ConnectionClass {
  readonly prototype: Connection;
}

/** The first request to a broker of whom nothing is known. */
const API_VERSIONS = 18;

/**
 * Closes a connection on which a request was not answered in time, and says that it is lost. kafkajs 2.2.4 keeps it, and goes
 * on asking a broker that is frozen, or whose node is gone without a word: as its first server, as a group's coordinator, as
 * the leader of partitions that others have taken over. Of a lost connection it looks elsewhere.
 */
export const closeHungConnections = mend(
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- what is private may be gone; an import would throw
  () => (require('kafkajs/src/network/connection') as ConnectionClass).prototype,
  (connection) => {
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
        // For this one kafkajs turns to the next server, for the other it asks those whom it knows who leads.
        if (outgoing.request.apiKey === API_VERSIONS) throw lost;
        throw Object.assign(lost, { name: 'KafkaJSConnectionClosedError', host, port });
      }
    };
  },
);
