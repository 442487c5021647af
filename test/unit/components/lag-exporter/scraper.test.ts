import { connectionTo } from '../../../support/connection-to';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { Scraper, type ScraperProps } from '../../../../src/components/lag-exporter/scraper';
import { lagExporterServer } from '../../../../src/components/lag-exporter/server';
import { readSnapshot, type ClusterSnapshot } from '../../../../src/components/lag-exporter/snapshot';

const empty: ClusterSnapshot = { brokers: 3, topics: [], groups: [], problems: [] };
const unreadable = (): Promise<ClusterSnapshot> => Promise.reject(new Error('no broker answers'));

const scraperOf = (read: () => Promise<ClusterSnapshot>, props: Partial<ScraperProps> = {}): Scraper =>
  new Scraper({ read, say: () => undefined, freshMs: 0, ...props });

const valueOf = (text: string, name: string): string | undefined =>
  text
    .split('\n')
    .find((line) => line.startsWith(`${name} `))
    ?.split(' ')[1];

const failures = (text: string): string | undefined => valueOf(text, 'platform_lag_exporter_scrape_failures_total');
const lastSuccess = (text: string): number =>
  Number(valueOf(text, 'platform_lag_exporter_last_success_timestamp_seconds'));

/** Resolves after timers of 0 ms. */
const aMoment = (): Promise<void> => new Promise((done) => setTimeout(done, 5));

describe('a scrape', () => {
  it('reports its duration and the time of the last complete reading', async () => {
    const text = await scraperOf(() => Promise.resolve(empty)).metrics();
    expect(text).toContain('kafka_brokers 3\n');
    expect(failures(text)).toBe('0');
    expect(Number(valueOf(text, 'platform_lag_exporter_scrape_duration_seconds'))).toBeLessThan(1);
    expect(Math.abs(lastSuccess(text) - Date.now() / 1_000)).toBeLessThan(5);
  });

  it('reads once for concurrent scrapes, and again for later ones', async () => {
    let reads = 0;
    const scraper = scraperOf(() => Promise.resolve({ ...empty, brokers: ++reads }));
    const [first, second] = await Promise.all([scraper.metrics(), scraper.metrics()]);
    expect([reads, second]).toEqual([1, first]);
    await aMoment();
    expect(await scraper.metrics()).toContain('kafka_brokers 2\n');
  });

  it('shares a reading for a second', async () => {
    let reads = 0;
    const scraper = new Scraper({ read: () => Promise.resolve({ ...empty, brokers: ++reads }), say: () => undefined });
    await scraper.metrics();
    await aMoment();
    await scraper.metrics();
    expect(reads).toBe(1);
  });

  it('has only the exporter’s own series, and counts the failure, while the cluster cannot be read', async () => {
    let isUp = true;
    const scraper = scraperOf(() => (isUp ? Promise.resolve(empty) : unreadable()));
    const up = await scraper.metrics();
    await aMoment();
    isUp = false;
    const down = await scraper.metrics();
    expect(down).not.toMatch(/^kafka_/m);
    expect([failures(down), lastSuccess(down)]).toEqual(['1', lastSuccess(up)]);
    await aMoment();
    expect(failures(await scraper.metrics())).toBe('2');
    await aMoment();
    isUp = true;
    const again = await scraper.metrics();
    expect([failures(again), valueOf(again, 'kafka_brokers')]).toEqual(['2', '3']);
  });

  it('without any successful reading has the time 0', async () => {
    expect(lastSuccess(await scraperOf(unreadable).metrics())).toBe(0);
  });

  it('keeps an incomplete reading, and counts it as failed', async () => {
    const text = await scraperOf(() => Promise.resolve({ ...empty, problems: ['broker 1: no answer'] })).metrics();
    expect([failures(text), lastSuccess(text), valueOf(text, 'kafka_brokers')]).toEqual(['1', 0, '3']);
  });

  it('ends within its time limit, whatever the reading does', async () => {
    const text = await scraperOf(() => new Promise(() => undefined), { withinMs: 20 }).metrics();
    expect(failures(text)).toBe('1');
  });

  it('reports a problem once, and when it is over', async () => {
    const said: string[] = [];
    let isUp = false;
    const read = () => (isUp ? Promise.resolve(empty) : unreadable());
    const scraper = scraperOf(read, { say: (line) => said.push(line) });
    for (const state of [false, false, true, true]) {
      isUp = state;
      await scraper.metrics();
      await aMoment();
    }
    expect(said).toEqual([
      'the reading of the cluster is incomplete: no broker answers',
      'readings of the cluster are complete again',
    ]);
  });
});

describe('the server', () => {
  const servers: Server[] = [];
  const listening = async (server: Server): Promise<number> => {
    servers.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const serving = async (read: () => Promise<ClusterSnapshot>): Promise<string> =>
    `http://127.0.0.1:${await listening(lagExporterServer(scraperOf(read)))}`;

  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  it('answers with metrics, and with 200 also while the cluster cannot be read', async () => {
    const url = await serving(unreadable);
    const response = await fetch(`${url}/metrics`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ]);
    expect(failures(await response.text())).toBe('1');
  });

  it.each([
    ['GET', '/healthz', 200],
    ['GET', '/metrics?x=1', 200],
    ['GET', '/', 404],
    ['POST', '/metrics', 405],
  ])('answers %s %s with %i', async (method, path, status) => {
    expect((await fetch(`${await serving(unreadable)}${path}`, { method })).status).toBe(status);
  });

  it('is healthy without asking the cluster', async () => {
    const url = await serving(() => {
      throw new Error('asked');
    });
    expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok\n');
  });

  it('gives up on brokers that are stopped or silent, and names them', async () => {
    const silent = createServer((socket) => void socket.on('error', () => undefined));
    const port = await listening(silent);
    await expect(readSnapshot(connectionTo(`127.0.0.1:${port}`, '127.0.0.1:1'), { timeoutMs: 1_000 })).rejects.toThrow(
      `no broker answers (127.0.0.1:${port}: no answer within 1 s; 127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1)`,
    );
  });
});
