import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** An address in front of a service, which can be closed and opened again as the service's own would be. */
export interface Gate {
  /** The service's URL, by way of the gate. */
  readonly url: string;
  /** Refuses connections and breaks those that there are. */
  close(): Promise<void>;
  open(): Promise<void>;
}

/** @param url of the service behind, with a port */
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
  const port = await listening(server, 0);
  return {
    url: url.replace(`:${behind.port}`, `:${port}`).replace(behind.hostname, '127.0.0.1'),
    open: async () => {
      await listening(server, port);
    },
    close: async () => {
      const closed = new Promise((done) => server.close(done));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function listening(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as { readonly port: number }).port;
}
