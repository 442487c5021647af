import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { EventProducer } from '../../src/client/producer/event-producer';
import type { Delivery } from '../../src/client/producer/delivery';
import { DEFAULTS, type ProducerOptions } from '../../src/client/producer/options';
import { partitionOf } from '../../src/client/producer/partitioner';
import { readTopic } from '../../src/client/log/read-topic';
import { quietKafka } from '../../src/client/quiet-kafka';
import type { LocalPlatform } from '../../src/embedded/local-platform';
import { signal } from '../../src/embedded/processes';
import { decodeRecord, encodeRecord, type LedgerEntry } from '../../src/smoke/ledger';
import { isFlawless, isLossless, judge, type Judgement } from '../../src/smoke/oracle';
import { endOffsets, readRun, type Positions } from '../../src/smoke/reader';
import { applyTopics } from '../../src/topics/apply';
import { SMOKE_TOPIC } from '../../src/topics/catalogue';
import { leadersOf } from '../support/leaders';
import { startPlatform, temporaryDirectory, threeBrokers } from '../support/local-platform';
import { until } from '../support/until';

const RECORDS = 20_000;
const KEYS = 200;
const OUTCOMES = { delivered: 'acked', failed: 'refused', unknown: 'unknown' } as const;

const directory = temporaryDirectory();
const config = threeBrokers(directory);
let platform: LocalPlatform;
let from: Positions;

beforeAll(async () => {
  platform = await startPlatform(config);
  await applyTopics({ bootstrap: platform.bootstrap, topics: config.topics });
  from = await endOffsets(quietKafka(platform.bootstrap), SMOKE_TOPIC);
});

afterAll(async () => {
  await platform.stop();
  rmSync(directory, { recursive: true });
});

const producing = (options: Partial<ProducerOptions> = {}): EventProducer =>
  new EventProducer({ bootstrap: platform.bootstrap, ...options });

/** Sends records of the run, counted up over all partitions and so within each of their keys, and keeps account. */
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

  async judge(): Promise<Judgement> {
    const seen = await readRun({ bootstrap: platform.bootstrap, topic: SMOKE_TOPIC, run: this.run, from });
    return judge(this.ledger, seen);
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
  for (const nodeId of platform.nodeIds) signal(platform.pid(nodeId) ?? 0, name);
};

describe('the producer', () => {
  it('delivers every record once, in the order of its key, where it says', async () => {
    const producer = producing();
    const account = new Account(producer, 'steady');
    for (let count = 0; count < RECORDS; count++) void account.send();
    await producer.flush();
    expect(await producer.close(5_000)).toEqual([]);
    const judgement = await account.judge();
    expect(judgement).toMatchObject({ acked: RECORDS, seen: RECORDS });
    expect(isFlawless(judgement)).toBe(true);
  });

  it('loses and reorders nothing, and writes nothing twice, while a broker is killed', async () => {
    const producer = producing();
    const account = new Account(producer, 'killed');
    for (let count = 0; count < RECORDS; count++) {
      void account.send();
      if (count === RECORDS / 4) signal(platform.pid(1) ?? 0, 'SIGKILL');
      if (count % 100 === 0) await delay(20);
    }
    await producer.flush();
    await producer.close(5_000);
    await platform.startBroker(1);
    const judgement = await account.judge();
    expect(account.ledger).toHaveLength(RECORDS);
    expect(judgement).toMatchObject({ acked: RECORDS - judgement.unknown, duplicate: 0 });
    expect(isLossless(judgement)).toBe(true);
  });

  it('goes on with new leaders while a broker is frozen, which keeps its connections and says nothing', async () => {
    const producer = producing();
    const account = new Account(producer, 'one frozen');
    await account.send();
    const [leader = 0] = (await leadersOf(platform.bootstrap, SMOKE_TOPIC)).values();
    const pid = platform.pid(leader) ?? 0;
    signal(pid, 'SIGSTOP');
    const frozenAt = Date.now();
    try {
      for (let count = 1; count < 2_000; count++) void account.send();
      await producer.flush();
      expect(Date.now() - frozenAt).toBeLessThan(DEFAULTS.deliveryTimeoutMs / 2);
      expect(account.ledger.filter(({ outcome }) => outcome !== 'acked')).toEqual([]);
    } finally {
      signal(pid, 'SIGCONT');
    }
    // The one that was frozen answers readers for a moment as if it still led: ours know better.
    const seen = await readTopic(platform.bootstrap, SMOKE_TOPIC);
    const ofRun = seen.filter(({ value }) => decodeRecord('one frozen', value) !== undefined);
    expect(ofRun).toHaveLength(account.ledger.length);
    await producer.close(5_000);
    await until(async () => isFlawless(await account.judge()));
  });

  it('holds no more than its bound, however fast it is fed', async () => {
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
    expect(isFlawless(await account.judge())).toBe(true);
  });

  it('fails a record that is too large, and that one only', async () => {
    const producer = producing({ compression: 'none', batchBytes: 4_000_000 });
    const values = ['before', 'x'.repeat(2_000_000), 'after'];
    const deliveries = await Promise.all(values.map((value) => producer.send(SMOKE_TOPIC, { key: 'large', value })));
    await producer.close(5_000);
    expect(deliveries.map(({ outcome }) => outcome)).toEqual(['delivered', 'failed', 'delivered']);
  });

  it('says what it does not know, and at its close what is left', async () => {
    const producer = producing({ deliveryTimeoutMs: 60_000, batchRecords: 50 });
    const account = new Account(producer, 'frozen');
    await account.send();
    signalAll('SIGSTOP');
    for (let count = 0; count < 2_000; count++) void account.send();
    await delay(200);
    const left = await producer.close(1_000);
    signalAll('SIGCONT');
    const judgement = await account.judge();
    const unknown = left.filter(({ delivery }) => delivery.outcome === 'unknown').length;
    expect(left).toHaveLength(2_000);
    expect(unknown).toBeGreaterThan(0);
    expect(judgement).toMatchObject({ acked: 1, unknown, resurrected: 0, duplicate: 0 });
    expect(isLossless(judgement)).toBe(true);
  });
});
