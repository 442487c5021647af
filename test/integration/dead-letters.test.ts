import { randomBytes } from 'node:crypto';
import { PermanentError } from '../../src/client/errors';
import { EventConsumer } from '../../src/client/consumer/event-consumer';
import type { ConsumedRecord } from '../../src/client/consumer/record';
import type { ClientNotice } from '../../src/client/notices';
import { ClientMetrics } from '../../src/client/metrics/client-metrics';
import { alreadyEncoded } from '../../src/client/encoded';
import { EventProducer } from '../../src/client/producer/event-producer';
import { ExactlyOnceTransform } from '../../src/client/exactly-once/exactly-once-transform';
import { deadLetters } from '../../src/client/retry/dead-letters';
import { RetryingConsumer } from '../../src/client/retry/retrying-consumer';
import { parseConfig } from '../../src/platform/load';
import { FOREVER, mebibytes } from '../../src/validation/units';
import { applyTopics } from '../../src/components/topics/apply';
import { retryChains } from '../../examples/catalogue/topics';
import { catalogueBrokers } from '../support/catalogue-brokers';
import { writeNullHeaders } from '../support/null-headers';
import { readTopic } from '../../src/client/log/read-topic';
import { setOnTopics } from '../support/set-on-topics';
import { until } from '../support/until';
import { writeCounting } from '../support/write-counting';

const RECORDS = 1_000;
const chain = retryChains.email;

const brokers = catalogueBrokers();

beforeAll(async () => {
  await writeCounting({ connection: brokers.platform.connection, topic: chain.topic, records: RECORDS, keys: 50 });
});

it('keeps a permanently failed record unchanged with the reason, and continues', async () => {
  const { connection } = brokers.platform;
  const metrics = new ClientMetrics();
  const producer = new EventProducer({ connection, metrics });
  const failed: ConsumedRecord[] = [];
  const handled = new Set<string>();
  const consumer = await EventConsumer.start({
    connection,
    groupId: chain.group,
    topics: [chain.topic],
    metrics,
    onPermanent: deadLetters({ chain, producer }),
    handle: (record) => {
      handled.add(`${record.partition}:${record.offset}`);
      if (record.value?.toString() !== '777') return;
      failed.push(record);
      throw new PermanentError('cannot be decoded');
    },
  });
  await until(() => handled.size === RECORDS);
  await consumer.close();
  await producer.close(5_000);

  const deadLetterRecords = await readTopic(connection, chain.deadLetterTopic);
  expect(deadLetterRecords).toHaveLength(1);
  expect(failed).toHaveLength(1);
  const [{ partition, key, value, timestamp, offset }] = failed as [ConsumedRecord];
  expect(deadLetterRecords[0]).toMatchObject({ partition, key, value, timestamp });
  const headers = deadLetterRecords[0]?.headers ?? {};
  expect(headers['__dlq.errors.message']?.toString()).toBe('cannot be decoded');
  expect(headers['__dlq.errors.offset']?.toString()).toBe(String(offset));
  expect((headers['kafka_dlt-original-partition'] as Buffer).readInt32BE()).toBe(partition);

  const text = await metrics.text();
  expect(text).toContain('app_kafka_dead_letters_total{topic="orders",group="email"} 1');
  const [, done = ''] =
    /app_kafka_consumed_total\{topic="orders",group="email",outcome="done"\} (\d+)/.exec(text) ?? [];
  expect(Number(done)).toBeGreaterThanOrEqual(RECORDS - 1);
  expect(text).toContain('app_kafka_produced_total{topic="orders.email.dlq",outcome="delivered"} 1');
});

it('fails a record for a partition that does not exist', async () => {
  const producer = new EventProducer({ connection: brokers.platform.connection });
  const delivery = await producer.send(chain.deadLetterTopic, { value: 'x', partition: 99 });
  await producer.close(5_000);
  expect(delivery).toMatchObject({ outcome: 'failed' });
  expect((delivery as { cause: Error }).cause.message).toContain('no partition 99, only 0 to 5');
});

describe('a record with headers without a value', () => {
  const headers = { empty: '', twice: ['', 'b'] };
  const failed: ConsumedRecord[] = [];

  beforeAll(() => {
    const message = { key: 'null', value: 'null', partition: 2, headers };
    return writeNullHeaders({ connection: brokers.platform.connection, topic: chain.topic, message });
  });

  const refuse = (record: ConsumedRecord): void => {
    if (record.key?.toString() !== 'null') return;
    failed.push(record);
    throw new PermanentError('has no value');
  };

  const consumer = async () => {
    const { connection } = brokers.platform;
    const producer = new EventProducer({ connection });
    const onPermanent = deadLetters({ chain, producer });
    const topics = [chain.topic];
    const one = await EventConsumer.start({ connection, groupId: chain.group, topics, onPermanent, handle: refuse });
    return { close: () => one.close().then(() => producer.close(5_000)) };
  };

  const retrying = () =>
    RetryingConsumer.start({ connection: brokers.platform.connection, chain: retryChains.inventory, handle: refuse });

  const transform = () => {
    const { group: groupId, topic, deadLetterTopic } = retryChains.payment;
    return ExactlyOnceTransform.start({
      connection: brokers.platform.connection,
      groupId,
      topic,
      deadLetterTopic,
      restore: () => Promise.resolve(undefined),
      transform: (records) => {
        records.forEach(refuse);
        return [];
      },
    });
  };

  it.each([
    [retryChains.email.deadLetterTopic, consumer],
    [retryChains.inventory.deadLetterTopic, retrying],
    [retryChains.payment.deadLetterTopic, transform],
  ])('has a copy in %s with empty values', async (topic, start) => {
    const running = await start();
    const copy = async () =>
      (await readTopic(brokers.platform.connection, topic)).find(({ key }) => String(key) === 'null');
    await until(async () => (await copy()) !== undefined);
    await running.close();
    expect(failed.at(-1)?.headers).toEqual({ empty: null, twice: [null, Buffer.from('b')] });
    expect((await copy())?.headers).toMatchObject({
      empty: Buffer.alloc(0),
      twice: [Buffer.alloc(0), Buffer.from('b')],
    });
  });
});

describe('a record of 3 MiB with a timestamp in nanoseconds, which its topic accepts', () => {
  const POISON = 'large';
  const value = randomBytes(mebibytes(3));
  const timestamp = 1_795_914_000_123_456_789n;
  const chains = [retryChains.email, retryChains.inventory, retryChains.payment];
  const refuse = ({ key }: ConsumedRecord): void => {
    if (key?.toString() === POISON) throw new PermanentError('is large');
  };

  /** Applies the catalogue with limits of orders above Kafka's defaults. */
  const applyLarge = async (): Promise<void> => {
    const settings = { maxMessageBytes: mebibytes(5), messageTimestampAfterMaxMs: FOREVER };
    const topics = brokers.config.topics.map((topic) => (topic.name === 'orders' ? { ...topic, settings } : topic));
    const config = parseConfig({ ...brokers.config, topics });
    await applyTopics({ connection: brokers.platform.connection, topics: config.topics });
  };

  /** Notices of the consumers, by group. */
  const told = new Map<string, string[]>(chains.map(({ group }) => [group, []]));
  const onNotice = (notice: ClientNotice): void => {
    if ('groupId' in notice) told.get(notice.groupId ?? '')?.push(notice.message);
  };

  const startAll = async (metrics: readonly ClientMetrics[]) => {
    const { connection } = brokers.platform;
    const [ofEmail, ofInventory, ofPayment] = metrics as [ClientMetrics, ClientMetrics, ClientMetrics];
    const producer = new EventProducer({ connection, metrics: ofEmail });
    const { group: groupId, topic, deadLetterTopic } = retryChains.payment;
    const consumers = await Promise.all([
      EventConsumer.start({
        connection,
        groupId: chain.group,
        topics: [chain.topic],
        onPermanent: deadLetters({ chain, producer }),
        onNotice,
        handle: refuse,
      }),
      RetryingConsumer.start({
        connection,
        chain: retryChains.inventory,
        onNotice,
        handle: refuse,
        metrics: ofInventory,
      }),
      ExactlyOnceTransform.start({
        connection,
        groupId,
        topic,
        deadLetterTopic,
        metrics: ofPayment,
        onNotice,
        restore: () => Promise.resolve(undefined),
        transform: (records) => {
          records.forEach(refuse);
          return [];
        },
      }),
    ]);
    return { producer, consumers };
  };

  const copyIn = async (topic: string) =>
    (await readTopic(brokers.platform.connection, topic)).find(({ key }) => String(key) === POISON);

  it('becomes a dead letter of every kind of consumer; none ends while the dead-letter topic refuses it', async () => {
    const { connection } = brokers.platform;
    await applyLarge();
    const set = { 'max.message.bytes': '2000' };
    const changes = chains.map(({ deadLetterTopic: topic }) => ({ topic, set }));
    await setOnTopics(connection, changes);
    const writer = new EventProducer({ connection });
    const sent = await writer.send('orders', { key: POISON, value: alreadyEncoded(value), timestamp });
    await writer.close(5_000);
    expect(sent).toMatchObject({ outcome: 'delivered' });

    const metrics = chains.map(() => new ClientMetrics());
    const { producer, consumers } = await startAll(metrics);
    const ended: string[] = [];
    for (const consumer of consumers) consumer.ended.catch((error: unknown) => ended.push(String(error)));
    // Each copy was refused at least twice, so it was retried.
    const refusals = async () => Promise.all(metrics.map(async (each) => countOf(await each.text())));
    await until(async () => ended.length > 0 || (await refusals()).every((count) => count > 2));
    expect(ended).toEqual([]);
    for (const { group } of chains)
      await until(
        () => told.get(group)?.some((message) => /max\.message\.bytes .* of orders\./.test(message)) === true,
      );

    await applyLarge();
    for (const { deadLetterTopic } of chains) {
      await until(async () => ended.length > 0 || (await copyIn(deadLetterTopic)) !== undefined);
      const copy = await copyIn(deadLetterTopic);
      expect({ ended, isWhole: copy?.value?.equals(value), time: copy?.exactTimestamp }).toEqual({
        ended: [],
        isWhole: true,
        time: timestamp,
      });
    }
    await Promise.all(consumers.map((consumer) => consumer.close()));
    await producer.close(5_000);
  });
});

/** Number of refused copies, single or in a transaction. */
const countOf = (text: string): number =>
  [
    ...text.matchAll(
      /^app_kafka_(?:produced_total\{[^}]*dlq[^}]*outcome="failed"|transactions_total\{outcome="aborted")\} (\d+)/gm,
    ),
  ]
    .map(([, count]) => Number(count))
    .reduce((sum, count) => sum + count, 0);
