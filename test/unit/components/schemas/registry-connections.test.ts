import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { registryClient, type RegistryClient } from '../../../../src/registry-client/registry-client';

let server: Server;
let connections: Set<Socket>;
let registry: RegistryClient;

beforeEach(async () => {
  connections = new Set();
  server = createServer(({ socket }, response) => {
    connections.add(socket);
    if (connections.size === 1) response.writeHead(404).end('no such page');
    else response.end('["a-value"]');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  registry = registryClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

it('each request has a connection of its own: another server at the address is not asked again', async () => {
  await expect(registry.subjects()).rejects.toThrow('is no part of a schema registry');
  await expect(registry.subjects()).resolves.toEqual(['a-value']);
  await expect(registry.subjects()).resolves.toEqual(['a-value']);
  expect(connections.size).toBe(3);
});
