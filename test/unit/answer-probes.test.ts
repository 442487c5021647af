import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { answerProbes } from '../../examples/probes/answer-probes';
import { ClientMetrics } from '../../src/client/metrics/client-metrics';

describe('the example that answers probes', () => {
  let isReady = false;
  const metrics = new ClientMetrics();
  const server = answerProbes({ port: 0, host: '127.0.0.1', isReady: () => isReady, metrics });

  const statusOf = async (path: string): Promise<number> => {
    const { port } = server.address() as AddressInfo;
    return (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  };

  beforeAll(() => once(server, 'listening'));
  afterAll(() => void server.close());

  it('is ready once the application is', async () => {
    expect(await statusOf('/readyz')).toBe(503);
    isReady = true;
    expect(await statusOf('/readyz')).toBe(200);
  });

  it('serves liveness and metrics, and nothing else', async () => {
    expect(await Promise.all(['/healthz', '/metrics', '/other'].map(statusOf))).toEqual([200, 200, 404]);
  });
});
