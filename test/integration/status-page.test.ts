import { poll } from '../../src/waiting/poll';
import { rmSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { connectKafka } from '../../src/client/kafka-client';
import type { LocalPlatform } from '../../src/local/local-platform';
import { signal } from '../../src/processes/processes';
import { valueOf } from '../../src/status/part';
import { StatusServer } from '../../src/status/server';
import type { BrokerStatus, ClusterStatus, Status } from '../../src/status/status';
import { applyTopics } from '../../src/components/topics/apply';
import { NO_CHROMIUM, findChromium, startChromium } from '../support/chromium';
import { LOW_CONTRAST } from '../support/contrast';
import { leaveOpen } from '../support/open-transaction';
import { setOffsets } from '../support/set-offsets';
import { discard, startPlatform, temporaryDirectory, threeBrokers } from '../../tools/support/local-platform';
import { WITHIN_MS } from '../support/until';
import { writeOnce } from '../support/write-once';

const PARTITIONS = 6;
const WRITTEN = 1_234;
const COMMITTED = 5;
const LAG = WRITTEN - PARTITIONS * COMMITTED;
const VALUE_BYTES = 500;

/** Kafka accepts any name for a group. */
const GROUP = '<img src=x onerror="document.title=1">';

/** Time for an election and the end of a broker's session. */

/** Readings are 5 s apart, and a page asks every 2 s. */

/** Cells whose text overlaps the next one. */
const TOO_LONG = `[...document.querySelectorAll('th, td')]
  .filter((cell) => cell.scrollWidth > cell.clientWidth)
  .map((cell) => cell.innerText)`;

const directory = temporaryDirectory();
const config = threeBrokers(directory);
let platform: LocalPlatform;
let server: StatusServer;
let url: string;

beforeAll(async () => {
  platform = await startPlatform(config);
  const { connection } = platform;
  await applyTopics({ connection, topics: config.topics });
  server = new StatusServer({ config, connection, nodes: platform.layout.nodes });
  url = await server.start(0);
  await statusWhen(({ throughput }) => throughput.length > 0);
  const kafka = connectKafka(connection);
  const messages = Array.from({ length: WRITTEN }, (_, index) => ({
    partition: index % PARTITIONS,
    value: 'x'.repeat(VALUE_BYTES),
  }));
  await writeOnce(kafka, 'orders', messages);
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({ partition, offset: String(COMMITTED) }));
  await setOffsets(connection, { groupId: GROUP, topic: 'orders', partitions });
  await statusWhen((status) => orders(status)?.records === WRITTEN && clusterOf(status).groups[0]?.state === 'Empty');
});

afterAll(async () => {
  await server.stop();
  await discard(platform);
  rmSync(directory, { recursive: true });
});

const readStatus = async (): Promise<Status> => (await (await fetch(`${url}status.json`)).json()) as Status;

/** The first status for which a condition holds. */
async function statusWhen(holds: (status: Status) => boolean): Promise<Status> {
  const status = await poll(readStatus, { until: holds, withinMs: WITHIN_MS, everyMs: 100 });
  if (!holds(status)) throw new Error(`it did not happen:\n${JSON.stringify(status, null, 2)}`);
  return status;
}

function clusterOf({ cluster }: Status): ClusterStatus {
  const value = valueOf(cluster);
  if (value === undefined) throw new Error(`the cluster has not been read: ${JSON.stringify(cluster)}`);
  return value;
}

const brokersOf = ({ brokers }: Status): readonly BrokerStatus[] => valueOf(brokers) ?? [];

const orders = (status: Status) => valueOf(status.cluster)?.topics.find(({ name }) => name === 'orders');

const isHealthy = ({ verdict }: Status): boolean => verdict.level === 'healthy';

describe('the status', () => {
  it('shows the records written to the topics', async () => {
    expect(orders(await readStatus())).toMatchObject({
      partitions: PARTITIONS,
      replicationFactor: 3,
      records: WRITTEN,
      retention: { cleanupPolicy: 'delete', ms: config.topics.find(({ name }) => name === 'orders')?.retentionMs },
      underReplicated: 0,
      belowMinIsr: 0,
      offline: 0,
    });
    const payload = 3 * WRITTEN * VALUE_BYTES;
    // Sizes and offsets are read one after the other.
    const sized = await statusWhen((status) => (orders(status)?.bytes ?? 0) > payload);
    const { bytes = 0, limit } = orders(sized) ?? {};
    expect(bytes).toBeLessThan(1.2 * payload);
    expect(limit?.bytes).toBeGreaterThan(bytes);
  });

  it('counts every record once in the throughput', async () => {
    const { throughput } = await readStatus();
    const records = throughput.map(({ from, to, recordsPerSecond }) => (recordsPerSecond * (to - from)) / 1_000);
    expect(records.reduce((sum, one) => sum + one, 0)).toBeCloseTo(WRITTEN, 3);
  });

  it('shows the brokers and their quorum', async () => {
    const status = await statusWhen(isHealthy);
    const brokers = brokersOf(status);
    expect(brokers.map(({ id, address, state }) => [id, address, state])).toEqual(
      platform.connection.bootstrapServers.map((address, id) => [id, address, 'serving']),
    );
    const partitions = clusterOf(status).topics.reduce((sum, topic) => sum + topic.partitions, 0);
    expect(brokers.reduce((sum, { leads = 0 }) => sum + leads, 0)).toBe(partitions);
    expect(brokers.map(({ replicas }) => replicas)).toEqual([partitions, partitions, partitions]);
    const { quorum } = clusterOf(status);
    expect(quorum?.voters.map(({ id }) => id).sort()).toEqual([0, 1, 2]);
    expect([0, 1, 2]).toContain(quorum?.leaderId);
    for (const { caughtUpMsAgo } of quorum?.voters ?? []) expect(caughtUpMsAgo).toBeLessThan(60_000);
  });

  it('shows the state and the lag of a group', async () => {
    expect(clusterOf(await readStatus()).groups).toEqual([
      { group: GROUP, type: 'classic', state: 'Empty', members: 0, topics: [{ topic: 'orders', lag: LAG }] },
    ]);
  });

  it('shows the number of groups that are left out', async () => {
    const partitions = [{ partition: 0, offset: '1' }];
    await setOffsets(platform.connection, { groupId: 'console-consumer-1', topic: 'orders', partitions });
    const status = await statusWhen((one) => valueOf(one.cluster)?.leftOutGroups === 1);
    expect(clusterOf(status).groups.map(({ group }) => group)).toEqual([GROUP]);
  });

  it('shows an open transaction until it ends', async () => {
    const where = { topic: 'payments', partition: 2 };
    const open = { connection: platform.connection, transactionalId: 'left-open', records: 3 };
    const abort = await leaveOpen({ ...open, ...where });
    const held = await statusWhen((status) => (valueOf(status.cluster)?.transactions.length ?? 0) > 0);
    const found = { ...where, transactionalId: 'left-open', state: 'open', recordsBehind: 3 };
    expect(clusterOf(held).transactions).toMatchObject([found]);
    await abort();
    await statusWhen((status) => clusterOf(status).transactions.length === 0);
  });

  it('is served immediately and updated while a broker hangs', async () => {
    const pid = platform.pid(1) ?? 0;
    signal(pid, 'SIGSTOP');
    try {
      await statusWhen((status) => brokersOf(status)[1]?.state === 'silent');
      const begin = Date.now();
      const { verdict, brokers, now } = await readStatus();
      expect(Date.now() - begin).toBeLessThan(1_000);
      expect(verdict.sentence).toContain('roker 1 does not answer');
      const readAt = brokers.kind === 'known' ? brokers.readAt : 0;
      expect(now - readAt).toBeLessThan(20_000);
      await statusWhen((status) => status.brokers.kind === 'known' && status.brokers.readAt > readAt);
    } finally {
      signal(pid, 'SIGCONT');
    }
    await statusWhen(isHealthy);
  });
});

const program = findChromium();
if (program === undefined) process.stderr.write(`The status page is not looked at: ${NO_CHROMIUM}.\n`);

(program === undefined ? describe.skip : describe)('the page', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await startChromium(program ?? '');
    await statusWhen(isHealthy);
  });

  afterAll(() => browser.close());

  interface Look {
    readonly width: number;
    readonly colorScheme: 'light' | 'dark';
  }

  interface Opened {
    readonly page: Page;
    /** Warnings and errors of the browser. */
    readonly complaints: readonly string[];
  }

  /** The page, once it shows the first reading. */
  async function open({ width, colorScheme }: Look): Promise<Opened> {
    const complaints: string[] = [];
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', ({ message }) => complaints.push(message));
    await page.goto(url);
    await page.locator('#topics tbody tr').first().waitFor();
    return { page, complaints };
  }

  /** Cells of the row with this name. */
  async function cells(page: Page, section: string, name: string): Promise<readonly string[]> {
    const header = page.getByRole('rowheader', { name, exact: true });
    return page.locator(`#${section} tbody tr`).filter({ has: header }).locator('td').allInnerTexts();
  }

  const says = (page: Page, text: string): Promise<void> =>
    page.getByText(text).first().waitFor({ timeout: WITHIN_MS });

  describe.each<Look>([
    { width: 360, colorScheme: 'light' },
    { width: 360, colorScheme: 'dark' },
    { width: 1_400, colorScheme: 'light' },
    { width: 1_400, colorScheme: 'dark' },
  ])('at $width pixels, $colorScheme', (look) => {
    let opened: Opened;

    beforeAll(async () => {
      opened = await open(look);
    });

    afterAll(() => opened.page.close());

    it('fits its window, is readable, and causes no warning in the browser', async () => {
      const { page, complaints } = opened;
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(look.width);
      expect(await page.evaluate(TOO_LONG)).toEqual([]);
      expect(await page.evaluate(LOW_CONTRAST)).toEqual([]);
      expect(complaints).toEqual([]);
    });

    it('has the real numbers in every section', async () => {
      const { page } = opened;
      const status = await statusWhen(isHealthy);
      await says(page, status.verdict.sentence);
      expect(await page.getByRole('status').innerText()).toContain(status.verdict.sentence);
      expect(await page.locator('#brokers li').allInnerTexts()).toEqual(
        brokersOf(status).map(({ address }) => expect.stringContaining(address) as string),
      );
      const leader = clusterOf(status).quorum?.leaderId ?? -1;
      expect(await page.locator('#quorum tbody tr').filter({ hasText: 'active' }).innerText()).toContain(
        `Controller ${leader}`,
      );
      expect(await page.locator('#throughput svg desc').textContent()).toMatch(/at most \d[\d,]* records a second/);
      const [state, partitions, records, , kept] = await cells(page, 'topics', 'orders');
      expect([state, partitions, records, kept]).toEqual(['all in sync', '6 × 3', '1,234', '7 days']);
      expect((await cells(page, 'groups', GROUP)).slice(0, 4)).toEqual(['no members', '0', '1,204', 'orders: 1,204']);
      for (const section of ['schemas', 'alerts']) {
        expect(await page.locator(`#${section} .note`).innerText()).toMatch(/^Left out: no .* with this platform\.$/);
      }
    });
  });

  it('shows the name of a group as text', async () => {
    const { page } = await open({ width: 800, colorScheme: 'light' });
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe('Healthy · kafka');
    await page.close();
  });

  it('shows that a broker is stopped, and that it is running again', async () => {
    const { page } = await open({ width: 1_400, colorScheme: 'light' });
    await platform.stopBroker(2);
    await says(page, 'Broker 2 is down');
    // Until leaders and the active controller are elected, it is worse.
    await page.locator('#level', { hasText: /^Degraded$/ }).waitFor({ timeout: WITHIN_MS });
    expect(await page.locator('#brokers li').nth(2).innerText()).toContain('down');
    await platform.startBroker(2);
    await says(page, 'All 3 brokers serve, and every replica is in sync.');
    await page.close();
  });

  it('keeps the last known status when all brokers are down, and when the server is gone', async () => {
    const { page, complaints } = await open({ width: 360, colorScheme: 'dark' });
    await discard(platform);
    await says(page, 'No broker answers: brokers 0, 1 and 2 are down.');
    // The brokers and the topics are read independently.
    await page.locator('#topics .note', { hasText: 'Last known state' }).waitFor({ timeout: WITHIN_MS });
    expect((await cells(page, 'topics', 'orders'))[2]).toMatch(/1,234|unknown/);
    expect(await page.locator('#topics .note').innerText()).toMatch(/^Last known state, read .* no broker answers\./);
    expect(await page.evaluate(LOW_CONTRAST)).toEqual([]);
    expect(complaints).toEqual([]);
    await server.stop();
    await says(page, 'Out of reach');
    expect(await page.locator('#topics tbody tr').count()).toBeGreaterThan(0);
    await page.close();
  });
});
