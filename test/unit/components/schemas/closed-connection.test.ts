import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { registryClient } from '../../../../src/registry-client/registry-client';

it.each([
  { closed: 1, told: [['a-value']] },
  { closed: 2, told: 'No answer from the schema registry' },
])('a read whose connection is closed is asked once more: closed $closed times', async ({ closed, told }) => {
  let asked = 0;
  const server = createServer(({ socket }, response) => {
    asked += 1;
    if (asked <= closed) socket.destroy();
    else response.end('["a-value"]');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const subjects = registryClient({ url: `http://127.0.0.1:${port}`, timeoutMs: 10_000 }).subjects();
  if (typeof told === 'string') await expect(subjects).rejects.toThrow(told);
  else await expect(subjects).resolves.toEqual(told[0]);
  expect(asked).toBe(2);
  server.closeAllConnections();
  server.close();
});
