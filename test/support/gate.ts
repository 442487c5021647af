import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from '../../tools/support/free-port';

/** An address in front of a service that a test can close and open. */
export interface Gate {
  /** URL of the service through the gate. */
  readonly url: string;
  /** Rejects new connections and closes existing ones. */
  close(): Promise<void>;
  open(): Promise<void>;
}

/** @param url URL of the service, with a port */
export async function startGate(url: string): Promise<Gate> {
  const behind = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const service = connect(Number(behind.port), behind.hostname);
    for (const [one, other] of [
      [client, service],
      [service, client],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy()).on('close', () => sockets.delete(one) && other.destroy());
    }
  });
  // Opened again later: no connection of this machine may have taken the port meanwhile.
  const port = await freePort();
  await listen(server, port);
  return {
    url: url.replace(`:${behind.port}`, `:${port}`).replace(behind.hostname, '127.0.0.1'),
    open: async () => {
      await listen(server, port);
    },
    close: async () => {
      const closed = new Promise((done) => server.close(done));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}
