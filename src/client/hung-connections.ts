import type { Socket } from 'node:net';
import { mend } from './mend-kafkajs';

/** What is used of kafkajs's private connection to a broker. */
interface Connection {
  readonly socket: Socket;
  send: (this: Connection, request: unknown) => Promise<unknown>;
}

interface ConnectionClass {
  readonly prototype: Connection;
}

/**
 * Closes a connection on which a request was not answered in time. kafkajs 2.2.4 keeps it, and goes on asking a broker that
 * is frozen, or whose node is gone without a word, while others lead its partitions; that a connection was lost makes it look
 * for the leaders anew.
 */
export const closeHungConnections = mend(
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- what is private may be gone; an import would throw
  () => (require('kafkajs/src/network/connection') as ConnectionClass).prototype,
  (connection) => {
    const { send } = connection;
    connection.send = async function (request) {
      try {
        return await send.call(this, request);
      } catch (error) {
        if ((error as Error).name === 'KafkaJSRequestTimeoutError') this.socket.destroy(error as Error);
        throw error;
      }
    };
  },
);
