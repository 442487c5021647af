import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readAlerts } from '../../../src/status/read-alerts';
import { WITHIN_MS } from '../../support/until';

let server: Server | undefined;

/** URL of a server that always returns this answer. */
async function answering(body: unknown, status = 200): Promise<string> {
  server = createServer((_, response) => response.writeHead(status).end(JSON.stringify(body))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

afterEach(() => server?.close());

const alert = (name: string, state: string) => ({
  labels: { alertname: name, severity: 'warning' },
  annotations: { summary: `${name} is true` },
  state,
  activeAt: '2026-01-01T00:00:00.5Z',
  value: '1e+00',
});

describe('alerts', () => {
  it('come from Prometheus, firing ones first', async () => {
    const url = await answering({ status: 'success', data: { alerts: [alert('A', 'pending'), alert('B', 'firing')] } });
    expect(await readAlerts(url, WITHIN_MS)).toEqual(
      (['B', 'A'] as const).map((name) => ({
        name,
        state: name === 'B' ? 'firing' : 'pending',
        severity: 'warning',
        summary: `${name} is true`,
        since: Date.parse('2026-01-01T00:00:00.500Z'),
      })),
    );
  });

  it.each([
    ['an error', { status: 'error' }, 503, 'Prometheus answers with 503'],
    ['something else', { hello: 'world' }, 200, 'this is not what Prometheus answers'],
  ])('cannot be read from %s', async (_, body, status, message) => {
    await expect(readAlerts(await answering(body, status), WITHIN_MS)).rejects.toThrow(message);
  });
});
