import { setTimeout as delay } from 'node:timers/promises';
import { EventProducer } from '../../src/client/producer/event-producer';
import type { Delivery } from '../../src/client/producer/delivery';
import type { ProducerOptions } from '../../src/client/producer/options';
import { partitionOf } from '../../src/client/producer/partitioner';
import { connectKafka } from '../../src/client/kafka-client';
import { signal } from '../../src/processes/processes';
import { encodeRecord, type LedgerEntry } from '../../src/smoke/ledger';
import { hasNoAnomaly, isLossless, checkLedger, type Verdict } from '../../src/smoke/checker';
import { endOffsets, readRun, type Positions } from '../../src/smoke/reader';
import { SMOKE_TOPIC } from '../../src/smoke/topic';
import { catalogueBrokers } from '../support/catalogue-brokers';
import type { ClientNotice } from '../../src/client/notices';
import { LOOPBACK } from '../../src/components/kafka-cluster/local-layout';
import { freePort } from '../../tools/support/free-port';
import { TcpProxy } from '../../tools/support/tcp-proxy';
import { setQuota } from '../support/client-quota';
import { until } from '../support/until';

const RECORDS = 20_000;
const KEYS = 200;
/** A compacted topic of the catalogue without a schema. */
const COMPACTED = 'customers';
const OUTCOMES = { delivered: 'acked', failed: 'refused', unknown: 'unknown' } as const;

const brokers = catalogueBrokers();
let from: Positions;

beforeAll(async () => {
  from = await endOffsets(connectKafka(brokers.platform.connection), SMOKE_TOPIC);
});

const producing = (options: Partial<ProducerOptions> = {}): EventProducer =>
  new EventProducer({ connection: brokers.platform.connection, ...options });

/** Sends records of the run with ascending numbers over all partitions and so within each key, and records the outcome. */
class Account {
  readonly ledger: LedgerEntry[] = [];
  private sequence = 0;

  constructor(
    private readonly producer: EventProducer,
    private readonly run: string,
  ) {}

  send(): Promise<void> {
    const sequence = this.sequence++;
    const key = `${this.run}-${sequence % KEYS}`;
    const partition = partitionOf(Buffer.from(key), from.size);
    return this.producer
      .send(SMOKE_TOPIC, { key, value: encodeRecord(this.run, sequence) })
      .then((delivery) => void this.ledger.push(entryOf(delivery, { partition, sequence })));
  }

  async check(): Promise<Verdict> {
    const seen = await readRun({ connection: brokers.platform.connection, topic: SMOKE_TOPIC, run: this.run, from });
    return checkLedger(this.ledger, seen);
  }
}

const entryOf = (
  delivery: Delivery,
  place: { readonly partition: number; readonly sequence: number },
): LedgerEntry => ({
  ...place,
  outcome: OUTCOMES[delivery.outcome],
  ...(delivery.outcome === 'delivered' && { offset: delivery.offset }),
});

const signalAll = (name: 'SIGSTOP' | 'SIGCONT'): void => {
  for (const nodeId of brokers.platform.nodeIds) signal(brokers.platform.pid(nodeId) ?? 0, name);
};

describe('the producer', () => {
  it('delivers every record once, in order by key, at the reported offset', async () => {
    const producer = producing();
    const account = new Account(producer, 'steady');
    for (let count = 0; count < RECORDS; count++) void account.send();
    await producer.flush();
    expect(await producer.close(5_000)).toEqual([]);
    const verdict = await account.check();
    expect(verdict).toMatchObject({ acked: RECORDS, seen: RECORDS });
    expect(hasNoAnomaly(verdict)).toBe(true);
  });

  it('neither loses, reorders nor duplicates records while a broker is killed', async () => {
    const producer = producing();
    const account = new Account(producer, 'killed');
    for (let count = 0; count < RECORDS; count++) {
      void account.send();
      if (count === RECORDS / 4) signal(brokers.platform.pid(1) ?? 0, 'SIGKILL');
      if (count % 100 === 0) await delay(20);
    }
    await producer.flush();
    await producer.close(5_000);
    await brokers.platform.startBroker(1);
    const verdict = await account.check();
    expect(account.ledger).toHaveLength(RECORDS);
    expect(verdict).toMatchObject({ acked: RECORDS - verdict.unknown, duplicate: 0 });
    expect(isLossless(verdict)).toBe(true);
  });

  it('holds no more than its bound, at any input rate', async () => {
    const maxBufferedBytes = 100_000;
    const producer = producing({ maxBufferedBytes });
    const account = new Account(producer, 'bounded');
    let most = 0;
    for (let count = 0; count < 5_000; count++) {
      await producer.room();
      void account.send();
      most = Math.max(most, producer.buffered.bytes);
    }
    await producer.flush();
    await producer.close(5_000);
    expect(most).toBeGreaterThan(maxBufferedBytes / 2);
    expect(most).toBeLessThanOrEqual(maxBufferedBytes);
    expect(hasNoAnomaly(await account.check())).toBe(true);
  });

  it('fails only the record that is too large', async () => {
    const producer = producing({ compression: 'none', batchBytes: 4_000_000 });
    const values = ['before', 'x'.repeat(2_000_000), 'after'];
    const deliveries = await Promise.all(values.map((value) => producer.send(SMOKE_TOPIC, { key: 'large', value })));
    await producer.close(5_000);
    expect(deliveries.map(({ outcome }) => outcome)).toEqual(['delivered', 'failed', 'delivered']);
  });

  it.each([
    ['whose time is two hours ahead', SMOKE_TOPIC, { timestamp: Date.now() + 2 * 3_600_000 }, 'INVALID_TIMESTAMP'],
    ['without a key for a compacted topic', COMPACTED, { key: null }, 'INVALID_RECORD'],
    [
      'with a time that is no whole number',
      SMOKE_TOPIC,
      { timestamp: Math.floor(performance.timeOrigin) + 0.5 },
      'timestamp is ',
    ],
    ['without a value', SMOKE_TOPIC, { value: undefined as never }, 'value is undefined'],
    ['for a partition that is not there', SMOKE_TOPIC, { partition: 99 }, 'no partition 99'],
  ] as const)('fails only a record %s, and gives the reason', async (_, topic, wrong, reason) => {
    const producer = producing({ lingerMs: 100 });
    const deliveries = await Promise.all(
      Array.from({ length: 50 }, (_each, index) =>
        producer.send(topic, { key: `alone-${index}`, value: 'x', partition: 1, ...(index === 17 && wrong) }),
      ),
    );
    await producer.close(5_000);
    const others = deliveries.flatMap((delivery) => (delivery.outcome === 'delivered' ? [delivery.offset] : []));
    const [failed] = deliveries.flatMap((delivery) => (delivery.outcome === 'failed' ? [delivery.cause] : []));
    expect(others).toEqual(Array.from({ length: 49 }, (_each, index) => (others[0] ?? -1n) + BigInt(index)));
    expect((failed as Error).message).toContain(topic);
    expect((failed as Error).message).toContain(reason);
  });

  it('is slowed by a quota of its client id, which affects no other client', async () => {
    const { connection } = brokers.platform;
    const quota = { clientId: 'limited', setting: 'producer_byte_rate' } as const;
    await setQuota(connection, { ...quota, bytesPerSecond: 20_000 });
    const send350KB = async (clientId: string): Promise<number> => {
      const producer = producing({ connection: { ...connection, clientId }, compression: 'none', batchBytes: 50_000 });
      // What a connection takes does not depend on the quota.
      await producer.send(SMOKE_TOPIC, { key: 'quota', value: 'first' });
      const begin = performance.now();
      const values = Array.from({ length: 35 }, () => 'x'.repeat(10_000));
      const sent = values.map((value) => producer.send(SMOKE_TOPIC, { key: 'quota', value }));
      expect((await Promise.all(sent)).filter(({ outcome }) => outcome !== 'delivered')).toEqual([]);
      const took = performance.now() - begin;
      await producer.close(5_000);
      return took;
    };
    const [limited, free] = await Promise.all([send350KB('limited'), send350KB('free')]);
    await setQuota(connection, quota);
    expect(limited).toBeGreaterThan(4_000);
    expect(free).toBeLessThan(limited / 3);
  });

  it('reports unknown outcomes, and undelivered records when it closes', async () => {
    const producer = producing({ deliveryTimeoutMs: 60_000, batchRecords: 50 });
    const account = new Account(producer, 'frozen');
    await account.send();
    signalAll('SIGSTOP');
    for (let count = 0; count < 2_000; count++) void account.send();
    await delay(200);
    const left = await producer.close(1_000);
    signalAll('SIGCONT');
    const verdict = await account.check();
    const unknown = left.filter(({ delivery }) => delivery.outcome === 'unknown').length;
    expect(left).toHaveLength(2_000);
    expect(unknown).toBeGreaterThan(0);
    expect(verdict).toMatchObject({ acked: 1, unknown, resurrected: 0, duplicate: 0 });
    expect(isLossless(verdict)).toBe(true);
  });
});

describe('a producer whose brokers do not answer', () => {
  const notices: ClientNotice[] = [];
  const proxies: TcpProxy[] = [];
  const advertised = new Map<number, number>();

  const through = (bootstrapServers: readonly string[]): EventProducer =>
    producing({
      connection: { bootstrapServers, clientId: 'proxied' },
      onNotice: (notice) => void notices.push(notice),
    });
  const addresses = (): readonly string[] => proxies.map(({ port }) => `${LOOPBACK}:${port}`);
  const toldOf = (kind: ClientNotice['kind']) => notices.filter((notice) => notice.kind === kind);

  beforeAll(async () => {
    for (const { ports } of brokers.platform.layout.nodes) {
      const proxy = await TcpProxy.start(ports.client, advertised);
      advertised.set(ports.client, proxy.port);
      proxies.push(proxy);
    }
  });
  beforeEach(() => void notices.splice(0));
  afterAll(() => Promise.all(proxies.map((proxy) => proxy.close())));

  it('reports it, continues, and reports when they answer again', async () => {
    const producer = through(addresses());
    await producer.send(SMOKE_TOPIC, { key: 'away', value: 'before' });
    expect(notices).toEqual([]);
    for (const proxy of proxies) {
      proxy.isRefusing = true;
      proxy.cutAll();
    }
    const sent = producer.send(SMOKE_TOPIC, { key: 'away', value: 'meanwhile' });
    await until(() => toldOf('servers-unreachable').length > 0);
    for (const proxy of proxies) proxy.heal();
    expect(await sent).toMatchObject({ outcome: 'delivered' });
    await producer.close(5_000);
    expect(toldOf('servers-reachable')).toHaveLength(1);
  });

  it('reports advertised addresses on which nothing listens', async () => {
    const closed = `${LOOPBACK}:${await freePort()}`;
    for (const { ports } of brokers.platform.layout.nodes) advertised.set(ports.client, Number(closed.split(':')[1]));
    const producer = through(addresses());
    void producer.send(SMOKE_TOPIC, { key: 'advertised', value: 'x' });
    await until(() => toldOf('servers-unreachable').length > 0);
    await producer.close(1_000);
    expect(toldOf('servers-unreachable')[0]).toMatchObject({ servers: [closed] });
  });
});
