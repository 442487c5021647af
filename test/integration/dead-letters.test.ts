import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { PermanentError } from '../../src/client/consumer/errors';
import { EventConsumer } from '../../src/client/consumer/event-consumer';
import type { ConsumedRecord } from '../../src/client/consumer/record';
import { ClientMetrics } from '../../src/client/metrics/client-metrics';
import { alreadyEncoded } from '../../src/client/encoded';
import { EventProducer } from '../../src/client/producer/event-producer';
import { ExactlyOnceTransform } from '../../src/client/exactly-once/exactly-once-transform';
import { deadLetters } from '../../src/client/retry/dead-letters';
import { RetryingConsumer } from '../../src/client/retry/retrying-consumer';
import type { LocalPlatform } from '../../src/embedded/local-platform';
import { applyTopics } from '../../src/topics/apply';
import { retryChains } from '../../src/topics/catalogue';
import { incrementalAlterConfigs } from '../../src/wire/incremental-alter-configs';
import { startPlatform, temporaryDirectory, threeBrokers } from '../support/local-platform';
import { writeNullHeaders } from '../support/null-headers';
import { readTopic } from '../../src/client/log/read-topic';
import { until } from '../support/until';
import { writeCounting } from '../support/write-counting';

const RECORDS = 1_000;
const chain = retryChains.email;

const directory = temporaryDirectory();
const config = threeBrokers(directory);
let platform: LocalPlatform;

beforeAll(async () => {
  platform = await startPlatform(config);
  await applyTopics({ bootstrap: platform.bootstrap, topics: config.topics });
  await writeCounting({ bootstrap: platform.bootstrap, topic: chain.topic, records: RECORDS, keys: 50 });
});

afterAll(async () => {
  await platform.stop();
  rmSync(directory, { recursive: true });
});

it('keeps a record that fails permanently as it was, says why, and goes on', async () => {
  const { bootstrap } = platform;
  const metrics = new ClientMetrics();
  const producer = new EventProducer({ bootstrap, metrics });
  const failed: ConsumedRecord[] = [];
  const handled = new Set<string>();
  const consumer = await EventConsumer.start({
    bootstrap,
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

  const letters = await readTopic(bootstrap, chain.deadLetterTopic);
  expect(letters).toHaveLength(1);
  expect(failed).toHaveLength(1);
  const [{ partition, key, value, timestamp, offset }] = failed as [ConsumedRecord];
  expect(letters[0]).toMatchObject({ partition, key, value, timestamp });
  const headers = letters[0]?.headers ?? {};
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

it('fails a record for a partition that its topic does not have', async () => {
  const producer = new EventProducer({ bootstrap: platform.bootstrap });
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
    return writeNullHeaders({ bootstrap: platform.bootstrap, topic: chain.topic, message });
  });

  const refuse = (record: ConsumedRecord): void => {
    if (record.key?.toString() !== 'null') return;
    failed.push(record);
    throw new PermanentError('has no value');
  };

  const consumer = async () => {
    const { bootstrap } = platform;
    const producer = new EventProducer({ bootstrap });
    const onPermanent = deadLetters({ chain, producer });
    const topics = [chain.topic];
    const one = await EventConsumer.start({ bootstrap, groupId: chain.group, topics, onPermanent, handle: refuse });
    return { close: () => one.close().then(() => producer.close(5_000)) };
  };

  const retrying = () =>
    RetryingConsumer.start({ bootstrap: platform.bootstrap, chain: retryChains.inventory, handle: refuse });

  const transform = () => {
    const { group: groupId, topic, deadLetterTopic } = retryChains.payment;
    return ExactlyOnceTransform.start({
      bootstrap: platform.bootstrap,
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
  ])('has a copy in %s, where they are empty', async (topic, start) => {
    const running = await start();
    const copy = async () => (await readTopic(platform.bootstrap, topic)).find(({ key }) => String(key) === 'null');
    await until(async () => (await copy()) !== undefined);
    await running.close();
    expect(failed.at(-1)?.headers).toEqual({ empty: null, twice: [null, Buffer.from('b')] });
    expect((await copy())?.headers).toMatchObject({
      empty: Buffer.alloc(0),
      twice: [Buffer.alloc(0), Buffer.from('b')],
    });
  });
});

describe('a copy that the brokers refuse', () => {
  const refuse = ({ key }: ConsumedRecord): void => {
    if (key?.toString() === 'large') throw new PermanentError('is large');
  };

  beforeAll(async () => {
    const { bootstrap } = platform;
    const set = { 'max.message.bytes': '2000' };
    const changes = [retryChains.email, retryChains.inventory].map(({ deadLetterTopic: topic }) => ({ topic, set }));
    await incrementalAlterConfigs(bootstrap, changes, { validateOnly: false });
    const producer = new EventProducer({ bootstrap });
    await producer.send('orders', { key: 'large', value: alreadyEncoded(randomBytes(10_000)) });
    await producer.close(5_000);
  });

  it('ends the consumer, which would try for ever', async () => {
    const { bootstrap } = platform;
    const producer = new EventProducer({ bootstrap });
    const onPermanent = deadLetters({ chain, producer });
    const topics = [chain.topic];
    const consumer = await EventConsumer.start({
      bootstrap,
      groupId: chain.group,
      topics,
      onPermanent,
      handle: refuse,
    });
    await expect(consumer.ended).rejects.toMatchObject({ reason: 'fatal' });
    await producer.close(5_000);
  });

  it('ends the consumer with retries as well', async () => {
    const { bootstrap } = platform;
    const consumer = await RetryingConsumer.start({ bootstrap, chain: retryChains.inventory, handle: refuse });
    await expect(consumer.ended).rejects.toMatchObject({ reason: 'fatal' });
  });
});
