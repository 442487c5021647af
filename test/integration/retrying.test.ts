import { rmSync } from 'node:fs';
import { OutageError, PermanentError, RetriableError } from '../../src/client/errors';
import type { ConsumedRecord } from '../../src/client/consumer/record';
import { groupOffsets } from '../../src/client/group-offsets';
import { ClientMetrics } from '../../src/client/metrics/client-metrics';
import { EventProducer } from '../../src/client/producer/event-producer';
import { alreadyEncoded } from '../../src/client/encoded';
import { connectKafka, withAdmin } from '../../src/client/kafka-client';
import { RetryingConsumer } from '../../src/client/retry/retrying-consumer';
import type { LocalPlatform } from '../../src/local/local-platform';
import { applyTopics } from '../../src/components/topics/apply';
import { catalogueTopics } from '../../tools/support/with-catalogue';
import { days } from '../../src/validation/units';
import { delayMs, retryGroup } from '../../src/client/retry/retry-chain';
import { retryChain } from '../../src/components/topics/retry-chain';
import { discard, startPlatform, temporaryDirectory, threeBrokers } from '../../tools/support/local-platform';
import { readTopic } from '../../src/client/log/read-topic';
import { until } from '../support/until';
import { writeCounting } from '../support/write-counting';

const RECORDS = 600;
const DELAYS = ['1s', '3s'] as const;
const chain = retryChain({ name: 'orders', partitions: 6, retentionMs: days(7) }, 'retrying', DELAYS);
/** Topics of this test's retry chain, which is not in the catalogue. */
const [shortWait, longWait, deadLetterTopic] = chain.topics.map(({ name }) => name) as [string, string, string];

const directory = temporaryDirectory();
const config = threeBrokers(directory, { topics: [...catalogueTopics, ...chain.topics] });
let platform: LocalPlatform;

/** Expected outcome of a record, by its number. */
const kindOf = (number: number): 'permanent' | 'hopeless' | 'late' | 'brief' | 'fine' =>
  number % 100 === 1
    ? 'permanent'
    : number % 100 === 2
      ? 'hopeless'
      : number % 100 === 3
        ? 'late'
        : number % 100 === 4
          ? 'brief'
          : 'fine';
const ATTEMPTS_IN_PLACE = 2;
/** Calls of the handler that fail before one succeeds. */
const FAILING = { permanent: Infinity, hopeless: Infinity, late: 4, brief: 2, fine: 0 } as const;

const numberOf = ({ value }: Pick<ConsumedRecord, 'value'>): number => Number(value?.toString());
const numbers = (of: ReturnType<typeof kindOf>): readonly number[] =>
  Array.from({ length: RECORDS }, (_, number) => number).filter((number) => kindOf(number) === of);
const ascending = (a: number, b: number): number => a - b;

const metrics = new ClientMetrics();
const handled: { readonly record: ConsumedRecord; readonly at: number; readonly attempt: number }[] = [];

beforeAll(async () => {
  platform = await startPlatform(config);
  await applyTopics({ connection: platform.connection, topics: config.topics });
  const { connection } = platform;
  await writeCounting({ connection, topic: 'orders', records: RECORDS, keys: 50 });
  const calls = new Map<number, number>();
  const done = new Set<number>();
  const consumer = await RetryingConsumer.start({
    connection,
    chain,
    attemptsInPlace: ATTEMPTS_IN_PLACE,
    backOff: { firstMs: 10, maxMs: 20 },
    metrics,
    handle: (record, { attempt }) => {
      const number = numberOf(record);
      const call = (calls.get(number) ?? 0) + 1;
      calls.set(number, call);
      handled.push({ record, at: Date.now(), attempt });
      if (kindOf(number) === 'permanent') throw new PermanentError('never');
      if (call <= FAILING[kindOf(number)]) throw new RetriableError('not yet');
      done.add(number);
    },
  });
  const expected = RECORDS - numbers('permanent').length - numbers('hopeless').length;
  await until(async () => {
    if (done.size < expected) return false;
    return (await readTopic(connection, deadLetterTopic)).length >= RECORDS - expected;
  });
  await consumer.close();
});

afterAll(async () => {
  await discard(platform);
  rmSync(directory, { recursive: true });
});

const standing = async (topic: string): Promise<readonly number[]> =>
  (await readTopic(platform.connection, topic)).map(numberOf).sort(ascending);

it('sends each record once to the topic for its failure', async () => {
  expect(await standing(shortWait)).toEqual(
    [...numbers('hopeless'), ...numbers('late'), ...numbers('brief')].sort(ascending),
  );
  expect(await standing(longWait)).toEqual([...numbers('hopeless'), ...numbers('late')].sort(ascending));
  expect(await standing(deadLetterTopic)).toEqual([...numbers('permanent'), ...numbers('hopeless')].sort(ascending));
});

it('handles no record before its delay is over', () => {
  const [short, long] = DELAYS.map(delayMs) as [number, number];
  for (const number of [...numbers('hopeless'), ...numbers('late')]) {
    const times = handled.filter(({ record }) => numberOf(record) === number).map(({ at }) => at);
    expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThanOrEqual(short);
    expect((times[4] ?? 0) - (times[3] ?? 0)).toBeGreaterThanOrEqual(long);
  }
});

it('spreads the delays of records that failed together', async () => {
  const [short] = DELAYS.map(delayMs) as [number];
  const waits = (await readTopic(platform.connection, shortWait)).map(
    ({ headers }) => Number(headers['x-retry-not-before']) - Number(headers['x-first-failure-at']),
  );
  for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(short);
  for (const wait of waits) expect(wait).toBeLessThanOrEqual(short * 1.1 + 1);
  expect(new Set(waits).size).toBeGreaterThan(waits.length / 4);
});

it('copies a record unchanged: key, value, headers, timestamp, partition, and its original position for the handler', async () => {
  const source = new Map((await readTopic(platform.connection, 'orders')).map((record) => [numberOf(record), record]));
  const deadLetterRecords = await readTopic(platform.connection, deadLetterTopic);
  for (const deadLetter of deadLetterRecords) {
    const first = source.get(numberOf(deadLetter));
    expect(deadLetter).toMatchObject({
      key: first?.key,
      value: first?.value,
      timestamp: first?.timestamp,
      partition: first?.partition,
      headers: first?.headers,
    });
    expect(deadLetter.headers['__dlq.errors.topic']?.toString()).toBe('orders');
    expect(deadLetter.headers['__dlq.errors.offset']?.toString()).toBe(String(first?.offset));
    const calls = kindOf(numberOf(deadLetter)) === 'permanent' ? 1 : ATTEMPTS_IN_PLACE * (1 + DELAYS.length);
    expect(deadLetter.headers['__dlq.errors.delivery.count']?.toString()).toBe(String(calls));
  }
  for (const { record } of handled)
    expect(record).toMatchObject({ topic: 'orders', offset: source.get(numberOf(record))?.offset });
});

it('counts the handler calls over all delays', () => {
  const [number] = numbers('hopeless');
  const attempts = handled.filter(({ record }) => numberOf(record) === number).map(({ attempt }) => attempt);
  expect(attempts).toEqual([1, 2, 3, 4, 5, 6]);
});

it('commits every group to the end', async () => {
  const kafka = connectKafka(platform.connection);
  await withAdmin(kafka, async (admin) => {
    const committed = await groupOffsets(admin, { groupId: chain.group, topic: 'orders' });
    const ends = await admin.fetchTopicOffsets('orders');
    for (const { partition, high } of ends) expect(committed.get(partition)).toBe(BigInt(high));
    const waited = await groupOffsets(admin, { groupId: retryGroup(chain.group, '1s'), topic: shortWait });
    expect([...waited.values()].some((offset) => offset > 0n)).toBe(true);
  });
});

it('counts written and failed records, whatever topic a record waited in', async () => {
  const series = (await metrics.text()).split('\n');
  const waits = numbers('hopeless').length + numbers('late').length;
  const deadLetterRecords = numbers('permanent').length + numbers('hopeless').length;
  expect(series).toContain(`app_kafka_dead_letters_total{topic="orders",group="${chain.group}"} ${deadLetterRecords}`);
  expect(series).toContain(
    `app_kafka_produced_total{topic="${deadLetterTopic}",outcome="delivered"} ${deadLetterRecords}`,
  );
  expect(series).toContain(`app_kafka_produced_total{topic="${longWait}",outcome="delivered"} ${waits}`);
  expect(series.find((line) => line.startsWith('app_kafka_transactions_total{outcome="committed"}'))).toBeDefined();
});

it('holds the partition during an outage instead of filling the delays', async () => {
  const { connection } = platform;
  const during = { ...chain, group: 'outage' };
  let isAway = true;
  const done = new Set<number>();
  const attempts: number[] = [];
  const consumer = await RetryingConsumer.start({
    connection,
    chain: { ...during, delays: [] },
    attemptsInPlace: 1,
    backOff: { firstMs: 10, maxMs: 20 },
    handle: (record, { attempt }) => {
      attempts.push(attempt);
      if (isAway) throw new OutageError('the registry is away');
      done.add(numberOf(record));
    },
  });
  await until(() => attempts.some((attempt) => attempt > 5));
  expect(done.size).toBe(0);
  isAway = false;
  await until(() => done.size === RECORDS);
  await consumer.close();
  expect(await standing(deadLetterTopic)).toEqual([...numbers('permanent'), ...numbers('hopeless')].sort(ascending));
});

it('forwards a record that fits its topics only when compressed, as often as it may wait', async () => {
  const { connection } = platform;
  const value = Buffer.alloc(2_000_000, 'a');
  const producer = new EventProducer({ connection });
  expect(await producer.send('orders', { key: 'large', value: alreadyEncoded(value) })).toMatchObject({
    outcome: 'delivered',
  });
  await producer.close(5_000);
  const consumer = await RetryingConsumer.start({
    connection,
    chain,
    attemptsInPlace: 1,
    rounds: DELAYS.length + 1,
    handle: () => {
      throw new RetriableError('not yet');
    },
  });
  const copies = async (topic: string) =>
    (await readTopic(connection, topic)).filter((copy) => copy.value?.equals(value)).length;
  await until(async () => (await copies(deadLetterTopic)) > 0);
  await consumer.close();
  // After the last delay, that one is used again.
  expect(await Promise.all([shortWait, longWait, deadLetterTopic].map(copies))).toEqual([1, 2, 1]);
});
