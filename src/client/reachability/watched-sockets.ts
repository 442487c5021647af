import type { Socket } from 'node:net';
import type { ISocketFactory } from 'kafkajs';
import { isResponseSize, SIZE_BYTES } from '../../protocol/frame';
import type { ConnectSocket } from './connect-socket';

/** As long as kafkajs waits for a connection; it then leaves the socket, which says nothing of it. */
const CONNECT_MS = 3_000;

/** Told what becomes of connections. Times are by the process's clock, in milliseconds. */
export interface SocketListener {
  failed(attempt: { readonly server: string; readonly startedAt: number; readonly error: unknown }): void;
  /** With the first bytes of a connection, and whenever another one fails, for all that have brought bytes since. */
  answered(server: string): void;
}

/** Tells which servers answer and which do not. */
export function watchedSockets(connectSocket: ConnectSocket, listener: SocketListener): ISocketFactory {
  const open = new Map<Socket, { readonly server: string; bytesRead: number }>();
  const tellAnswers = (): void => {
    for (const [socket, known] of open) {
      if (socket.bytesRead > known.bytesRead) listener.answered(known.server);
      known.bytesRead = socket.bytesRead;
    }
  };
  return (args) => {
    const server = `${args.host}:${args.port}`;
    const startedAt = performance.now();
    const socket = connectSocket(args);
    let hasAnswered = false;
    const failed = (error: Error): void => {
      clearTimeout(unconnected);
      // Closed by the client itself.
      if (socket.writableEnded) return;
      tellAnswers();
      listener.failed({ server, startedAt: hasAnswered ? performance.now() : startedAt, error });
    };
    const unconnected = setTimeout(() => {
      if (socket.connecting) failed(new Error(`not connected within ${CONNECT_MS / 1_000} s`));
    }, CONNECT_MS).unref();
    open.set(socket, { server, bytesRead: 0 });
    socket.once('data', (bytes: Buffer) => {
      if (isForeign(bytes)) {
        open.delete(socket);
        failed(new Error('what answers is no Kafka broker, or one that expects TLS'));
      } else {
        listener.answered(server);
      }
      hasAnswered = true;
    });
    socket.once('error', failed);
    // Before Node's own, which ends the other direction too.
    socket.prependOnceListener('end', () => {
      if (!hasAnswered) failed(new Error('the connection was closed without an answer'));
    });
    socket.once('close', () => {
      clearTimeout(unconnected);
      open.delete(socket);
    });
    return socket;
  };
}

/** Whether these first bytes are not those of a Kafka response. */
const isForeign = (bytes: Buffer): boolean => bytes.length >= SIZE_BYTES && !isResponseSize(bytes.readInt32BE(0));
