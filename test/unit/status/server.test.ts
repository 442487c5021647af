import { nodesOf } from '../../../src/components/kafka-cluster/nodes';
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { localLayout } from '../../../src/components/kafka-cluster/local-layout';
import { poll } from '../../../src/waiting/poll';
import { connectionTo } from '../../support/connection-to';
import { WITHIN_MS } from '../../support/until';
import { loadConfig } from '../../../tools/support/environments';
import { StatusServer } from '../../../src/status/server';
import type { Status } from '../../../src/status/status';

const config = loadConfig('local');

/** Ports on which nothing listens. */
const { nodes } = localLayout(config, {
  ports: nodesOf(config.brokers).map(() => [1, 1, 1, 1] as const),
  directory: String,
});
const nowhere = { config, connection: connectionTo('127.0.0.1:1'), nodes };

let server: StatusServer;
let url: string;

beforeAll(async () => {
  server = new StatusServer(nowhere);
  url = await server.start(0);
});

afterAll(() => server.stop());

const at = (path: string): URL => new URL(path, url);

/** The status code of a request for this host name. */
const asHost = (host: string): Promise<number | undefined> =>
  new Promise((done, fail) => {
    request(url, { headers: { host } }, (response) => {
      response.resume();
      done(response.statusCode);
    })
      .once('error', fail)
      .end();
  });

describe('the status server', () => {
  it('serves one page, in which a browser may run nothing else', async () => {
    const response = await fetch(url);
    const html = await response.text();
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    for (const part of ['style', 'script type="module"']) {
      const [name = ''] = part.split(' ');
      const [, body = ''] = new RegExp(`<${part}>([\\s\\S]*?)</${name}>`).exec(html) ?? [];
      expect(body).not.toBe('');
      expect(policy).toContain(createHash('sha256').update(body).digest('base64'));
    }
    expect(html).not.toMatch(/(src|href)="(?!data:|\/status\.json)/);
    expect(html).not.toMatch(/^(import|export) /m);
  });

  it('answers liveness probes, and a wrong path with one line', async () => {
    expect(await (await fetch(at('/healthz'))).text()).toBe('ok\n');
    const wrong = await fetch(at('/etc/passwd'));
    expect([wrong.status, await wrong.text()]).toEqual([404, 'available paths: /, /status.json and /healthz\n']);
  });

  it('accepts only GET and HEAD', async () => {
    const head = await fetch(at('/status.json'), { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const post = await fetch(at('/status.json'), { method: 'POST', body: '{}' });
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it.each([
    ['127.0.0.1', 200],
    ['localhost:1234', 200],
    ['evil.example', 421],
    ['127.0.0.1.evil.example', 421],
    ['localhost.evil.example:80', 421],
  ])('answers to the name %p with %i', async (host, status) => {
    expect(await asHost(host)).toBe(status);
  });

  it('reports that all is down, and what is left out, when no broker answers', async () => {
    const read = async () => (await (await fetch(at('/status.json'))).json()) as Status;
    // Each part is read for itself after the start.
    const isRead = ({ brokers, cluster }: Status): boolean => brokers.kind !== 'pending' && cluster.kind !== 'pending';
    const status = await poll(read, { until: isRead, withinMs: WITHIN_MS, everyMs: 20 });
    expect(status.verdict).toEqual({ level: 'down', sentence: 'No broker answers: brokers 0, 1 and 2 are down.' });
    expect(status.cluster).toEqual({ kind: 'unknown', problem: 'no broker answers' });
    expect([status.schemas.kind, status.alerts.kind]).toEqual(['left-out', 'left-out']);
  });

  it('refuses an occupied port', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => taken.once('listening', done));
    const { port } = taken.address() as AddressInfo;
    await expect(new StatusServer(nowhere).start(port)).rejects.toThrow(
      new RegExp(`127\\.0\\.0\\.1:${port}[\\s\\S]*fix:`),
    );
    taken.close();
  });
});
