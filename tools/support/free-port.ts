import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { LOOPBACK } from '../../src/components/kafka-cluster/local-layout';

/** A free port, for a program that cannot choose one itself. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, LOOPBACK);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
