import type { KafkaConnection } from '../../src/protocol/connection';
import { rmSync } from 'node:fs';
import { EventProducer } from '../../src/client/producer/event-producer';
import { connectKafka, withAdmin } from '../../src/client/kafka-client';
import { environments } from '../../platform/environments';
import { hours, kibibytesPerSecond, mebibytes, seconds } from '../../src/validation/units';
import { silentProgress } from '../../src/console/progress';
import type { LocalPlatform } from '../../src/local/local-platform';
import { smokeTest } from '../../src/platform/smoke-test';
import { applyTopics } from '../../src/components/topics/apply';
import { catalogueTopics } from '../../tools/support/with-catalogue';
import { readPlan } from '../../src/components/topics/read-plan';
import { discard, startPlatform, temporaryDirectory, threeBrokers } from '../../tools/support/local-platform';
import { readTopic } from '../../src/client/log/read-topic';
import { until } from '../support/until';

const common = { partitions: 1, keyed: true, expectedIngress: kibibytesPerSecond(1) } as const;
const SHORT = 'kept-for-seconds';
const HOUR = 'kept-for-an-hour';

const directory = temporaryDirectory();
const config = threeBrokers(directory, {
  brokers: {
    ...environments.local.brokers,
    // Topics can require more by their own min ISR; __consumer_offsets cannot.
    minInsyncReplicas: 1,
    properties: { ...environments.local.brokers.properties, 'log.initial.task.delay.ms': 500 },
  },
  topics: [
    ...catalogueTopics,
    { ...common, name: SHORT, retentionMs: seconds(5) },
    { ...common, name: HOUR, retentionMs: hours(1) },
    {
      ...common,
      name: 'written-otherwise',
      cleanupPolicy: 'compact,delete',
      retentionMs: hours(1),
      expectedSize: mebibytes(1),
      settings: { minCleanableDirtyRatio: 1 },
    },
  ],
  applications: {},
});

let platform: LocalPlatform;
let connection: KafkaConnection;

beforeAll(async () => {
  platform = await startPlatform(config);
  ({ connection } = platform);
  await applyTopics({ connection, topics: config.topics });
});

afterAll(async () => {
  await discard(platform);
  rmSync(directory, { recursive: true });
});

it('the plan accepts settings that brokers normalize', async () => {
  const changed = (await readPlan({ connection, topics: config.topics })).filter(({ kind }) => kind !== 'unchanged');
  expect(changed).toEqual([]);
});

it('a topic with a retention of seconds deletes its records soon, while others are written', async () => {
  const producer = new EventProducer({ connection });
  const send = (value: string) => producer.send(SHORT, { key: 'k', value });
  expect(await send('first')).toMatchObject({ outcome: 'delivered', offset: 0n });
  const begin = async () =>
    withAdmin(connectKafka(connection), async (admin) => Number((await admin.fetchTopicOffsets(SHORT))[0]?.low));
  await until(async () => (await send('more')).outcome === 'delivered' && (await begin()) > 0);
  await producer.close(5_000);
});

describe('a record with a timestamp beyond the retention of its topic', () => {
  it.each([
    ['is older than the retention', Date.now() - hours(2)],
    ['is in seconds', Math.floor(Date.now() / 1_000)],
  ])('is refused with the reason if its timestamp %s', async (_, timestamp) => {
    const producer = new EventProducer({ connection, lingerMs: 100 });
    const [before, old, after] = await Promise.all([
      producer.send(HOUR, { key: 'k', value: 'before' }),
      producer.send(HOUR, { key: 'k', value: 'old', timestamp }),
      producer.send(HOUR, { key: 'k', value: 'after', timestamp: Date.now() - hours(1) / 2 }),
    ]);
    await producer.close(5_000);
    expect([before, old, after].map(({ outcome }) => outcome)).toEqual(['delivered', 'failed', 'delivered']);
    expect(String((old as { cause?: unknown }).cause)).toContain('INVALID_TIMESTAMP');
    expect((await readTopic(connection, HOUR)).map(({ value }) => String(value))).not.toContain('old');
  });
});

it('the smoke test compares the brokers with the configuration: a min ISR of 1, and 2 for internal topics', async () => {
  const { checks } = await smokeTest({ config, connection, progress: silentProgress, control: platform });
  expect(checks.filter(({ status }) => status === 'failed')).toEqual([]);
  const summaries = Object.fromEntries(checks.map(({ name, summary }) => [name, summary]));
  expect(summaries['internal topics']).toMatch(/__consumer_offsets at RF 3 and min ISR 1/);
  expect(summaries['internal topics']).toMatch(/__transaction_state at RF 3 and min ISR 2/);
  expect(summaries['min ISR']).toMatch(/two down: acknowledged/);
});
