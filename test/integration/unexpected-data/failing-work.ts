import { randomBytes } from 'node:crypto';
import type { ConsumerEnded } from '../../../src/client/consumer/consumer-ended';
import { RetriableError } from '../../../src/client/errors';
import { EventConsumer } from '../../../src/client/consumer/event-consumer';
import type { ConsumedRecord } from '../../../src/client/consumer/record';
import { ExactlyOnceTransform, type TransformOptions } from '../../../src/client/exactly-once/exactly-once-transform';
import { readPartition } from '../../../src/client/log/read-partition';
import { ClientMetrics } from '../../../src/client/metrics/client-metrics';
import type { ClientNotice } from '../../../src/client/notices';
import type { TransactionRecord } from '../../../src/client/transactions/transaction-record';
import { days } from '../../../src/validation/units';
import { plainTopics } from '../../support/plain-topics';
import { readTopic } from '../../../src/client/log/read-topic';
import { seriesIn } from '../../support/client-series';
import { setOnTopics } from '../../support/set-on-topics';
import { until } from '../../support/until';
import { writeCounting } from '../../support/write-counting';
import { brokers } from './brokers';

const RECORDS = 60;
const UNWRITABLE = '33';
/** The time of this run, because brokers delete records with an old timestamp within minutes. */
const NOW = Date.now();

let input: string, output: string, other: string, refusing: string, deadLetters: string;

beforeAll(async () => {
  const { connection } = brokers.platform;
  const names = ['input', 'output', 'other', 'refusing', 'deadLetters'] as const;
  ({ input, output, other, refusing, deadLetters } = await plainTopics(connection, 3, names));
  await writeCounting({ connection, topic: input, records: RECORDS, keys: RECORDS });
});

const started = new Set<ExactlyOnceTransform<string>>();

afterEach(async () => {
  for (const transform of started) await transform.close();
  started.clear();
});

interface Count {
  value: number;
}

interface Starting {
  readonly groupId: string;
  readonly to?: string;
  readonly timestamp?: (value: string) => number;
  readonly more?: Partial<TransformOptions<string, Count>>;
}

/** Starts copying with consecutive numbers, which show a state that is ahead of the log. */
async function start({ groupId, to = output, timestamp = () => NOW, more = {} }: Starting) {
  const { connection } = brokers.platform;
  const notices: ClientNotice[] = [];
  const metrics = new ClientMetrics();
  const transform = await ExactlyOnceTransform.start<string, Count>({
    connection,
    groupId,
    topic: input,
    batchRecords: 10,
    heartbeatIntervalMs: 300,
    metrics,
    onNotice: (notice) => void notices.push(notice),
    restore: async (partition) => {
      let value = 0;
      const onRecord = ({ key }: ConsumedRecord): void => void (value = Number(key?.toString()));
      if (to === output) await readPartition({ connection, topic: to, partition, onRecord });
      return { value };
    },
    transform: (records, count) =>
      records.map(({ partition, value }) => {
        count.value += 1;
        const at = timestamp(String(value));
        return { topic: to, partition, key: String(count.value), value, timestamp: at };
      }),
    ...more,
  });
  started.add(transform);
  return { transform, notices, metrics };
}

const fractional = (value: string): number => (value === UNWRITABLE ? NOW + 0.25 : NOW);
async function endOf({ ended }: ExactlyOnceTransform<string>): Promise<ConsumerEnded> {
  let end: ConsumerEnded | undefined;
  ended.catch((error: unknown) => (end = error as ConsumerEnded));
  await until(() => end !== undefined, { otherwise: () => 'it has not ended' });
  return end as unknown as ConsumerEnded;
}

describe('an output that can never be written', () => {
  it('ends a transform without dead letters immediately, and reports the record and the reason', async () => {
    const { transform } = await start({ groupId: 'ends', timestamp: fractional, to: other });
    const ended = await endOf(transform);
    expect(ended).toMatchObject({ reason: 'permanent', exitCode: 4, place: { topic: 'input' } });
    expect(ended.message).toMatch(new RegExp(`at offset \\d+ of input-\\d: .*other.* timestamp is ${NOW}.25`));
  });

  it('makes its input a dead letter record, and leaves the state unchanged', async () => {
    const { connection } = brokers.platform;
    const more = { deadLetterTopic: deadLetters };
    const { transform } = await start({ groupId: 'keeps', timestamp: fractional, more });
    await until(async () => (await readTopic(connection, output)).length === RECORDS - 1);
    await transform.close();
    const kept = await readTopic(connection, deadLetters);
    expect(kept.map(({ value }) => String(value))).toEqual([UNWRITABLE]);
    expect(String(kept[0]?.headers['__dlq.errors.message'])).toContain(`timestamp is ${NOW}.25`);
    const copies = await readTopic(connection, output);
    for (const partition of [0, 1, 2]) {
      const counts = copies.filter((copy) => copy.partition === partition).map(({ key }) => Number(String(key)));
      expect(counts).toEqual(Array.from({ length: counts.length }, (_, index) => index + 1));
    }
  });

  it.each([
    ['no number', { value: 5 as unknown as Buffer }],
    ['no list', undefined],
    ['a topic that cannot be', { topic: 'no such topic' }],
    ['a partition below 0', { partition: -1 }],
    ['a header that is a number', { headers: { n: 1 as unknown as string } }],
  ])('is detected before anything is sent: %s', async (name, part) => {
    const wrong = part && [{ topic: other, value: 'x', ...part }];
    const transform = () => wrong as never;
    const wrongly = await start({ groupId: `wrong ${name}`, more: { transform } });
    expect(await endOf(wrongly.transform)).toMatchObject({ reason: 'permanent', place: { topic: 'input' } });
    expect(await wrongly.metrics.text()).not.toMatch(/^app_kafka_transactions_total\{/m);
  });

  it.each([
    [
      'too large',
      (value: string) => ({ value: randomBytes(value === UNWRITABLE ? 2_000_000 : 10).toString('base64') }),
      'MESSAGE_TOO_LARGE',
    ],
    [
      'too far ahead',
      (value: string) => ({ timestamp: Date.now() + (value === UNWRITABLE ? days(2) : 0) }),
      'INVALID_TIMESTAMP',
    ],
  ])(
    'for its topic because it is %s becomes the only dead letter record; the state keeps counting',
    async (name, part, type) => {
      const { connection } = brokers.platform;
      const [groupId, before] = [`refused ${name}`, (await readTopic(connection, deadLetters)).length];
      const seen: number[] = [];
      const transform: TransformOptions<string, Count>['transform'] = (records, count) =>
        records.map(({ partition, value }) => {
          count.value += 1;
          const text = String(value);
          return {
            topic: other,
            partition,
            value: 'x',
            headers: { groupId, count: String(count.value), text },
            ...part(text),
          };
        });
      const own = async () =>
        (await readTopic(connection, other)).filter(({ headers }) => String(headers['groupId']) === groupId);
      const restore = async (partition: number) => ({
        value: (await own()).filter((copy) => copy.partition === partition).length,
      });
      const more = { deadLetterTopic: deadLetters, transform, restore };
      const started = await start({ groupId, more });
      await until(async () => (await own()).length === RECORDS - 1);
      await until(async () => (await readTopic(connection, deadLetters)).length === before + 1);
      await started.transform.close();
      const kept = (await readTopic(connection, deadLetters)).find(
        ({ headers }) => String(headers['__dlq.errors.group']) === groupId,
      );
      expect(String(kept?.value)).toBe(UNWRITABLE);
      expect(String(kept?.headers['__dlq.errors.message'])).toContain('other-');
      expect(String(kept?.headers['__dlq.errors.message'])).toContain(type);
      for (const { partition, headers } of await own())
        if (partition === 0) seen.push(Number(String(headers['count'])));
      expect(seen).toEqual(Array.from({ length: seen.length }, (_, index) => index + 1));
    },
  );

  it('because its topic is missing is reported immediately by name, and ends the transform after the time limit', async () => {
    const to = 'nowhere';
    const { transform, notices } = await start({ groupId: 'nowhere', to, more: { missingTopicMs: 4_000 } });
    const ended = await endOf(transform);
    expect(ended).toMatchObject({ reason: 'fatal', exitCode: 3, place: { topic: 'input' } });
    expect(ended.message).toContain('there is no topic nowhere; npm run topics -- apply');
    expect(notices[0]).toMatchObject({ kind: 'still-failing', topic: 'input', groupId: 'nowhere', attempts: 1 });
    expect(notices.length).toBeLessThanOrEqual(3);
  });

  it('because its partition is missing ends the transform after the time limit', async () => {
    const transform = () => [{ topic: output, value: 'x', partition: 99 } as TransactionRecord];
    const wrongly = await start({ groupId: 'beyond', more: { transform, missingTopicMs: 2_000 } });
    const ended = await endOf(wrongly.transform);
    expect(ended.message).toContain('output has no partition 99, only 0 to 2');
  });

  it('to a missing dead-letter topic prevents the start', async () => {
    const deadLetterTopic = 'nowhere';
    await expect(start({ groupId: 'unstarted', more: { deadLetterTopic } })).rejects.toThrow('no topic nowhere');
  });

  it('to a topic that refuses temporarily is retried with growing pauses, reported, and finally written once', async () => {
    const { connection } = brokers.platform;
    const changes = [{ topic: refusing, set: { 'min.insync.replicas': '3' } }];
    await setOnTopics(connection, changes);
    await brokers.platform.stopBroker(2);
    const more = { transactionTimeoutMs: 1_000 };
    const { notices, metrics } = await start({ groupId: 'refused', to: refusing, more });
    const commitsFor = (cause: string) =>
      notices.filter(({ message }) => message.includes('cannot commit') && message.includes(cause));
    // Coordinators that move with the broker cause failures as well, in any order.
    await until(async () => commitsFor('NOT_ENOUGH_REPLICAS').length > 0 && (await seriesIn(metrics)).retries >= 6);
    const series = await seriesIn(metrics);
    const commits = commitsFor('');
    const [refused] = commitsFor('NOT_ENOUGH_REPLICAS');
    expect(refused).toMatchObject({ kind: 'still-failing', groupId: 'refused', maxAttempts: Infinity });
    expect(refused?.message).toMatch(/refusing-\d: .*fewer in-sync replicas than required \(NOT_ENOUGH_REPLICAS\)/);
    // One for each partition and cause: the end of the refused transaction fails, too.
    expect(commits.length).toBeLessThanOrEqual(2 * 3);
    expect(series.causes).toContain('NOT_ENOUGH_REPLICAS');
    const begin = performance.now();
    await until(async () => (await seriesIn(metrics)).retries >= 9);
    const seconds = (performance.now() - begin) / 1_000;
    const later = await seriesIn(metrics);
    expect(later.age - series.age).toBeGreaterThan(0.5 * seconds);
    expect(later.aborted).toBeLessThan(12);
    await brokers.platform.startBroker(2);
    await until(async () => (await readTopic(connection, refusing)).length === RECORDS);
    await until(() => notices.filter(({ message }) => message.includes('can commit')).length === 3);
    const values = (await readTopic(connection, refusing)).map(({ value }) => Number(String(value)));
    expect(values.sort((a, b) => a - b)).toEqual(Array.from({ length: RECORDS }, (_, index) => index));
  });
});

it('reports what a handler waits for, counts it by cause and ages its oldest record until it is over', async () => {
  const notices: ClientNotice[] = [];
  const metrics = new ClientMetrics();
  let isDown = true;
  const consumer = await EventConsumer.start({
    connection: brokers.platform.connection,
    groupId: 'waiting',
    topics: [input],
    heartbeatIntervalMs: 300,
    backOff: { firstMs: 20, maxMs: 100 },
    metrics,
    onNotice: (notice) => void notices.push(notice),
    handle: () => {
      if (isDown) throw new RetriableError('the database is down');
    },
  });
  await until(async () => (await seriesIn(metrics)).retries > 200);
  expect(notices[0]).toMatchObject({ kind: 'still-failing', topic: 'input', maxAttempts: Infinity });
  expect(notices[0]?.message).toContain('the database is down');
  // One for each partition.
  expect(notices.length).toBeLessThanOrEqual(3);
  const { age, causes } = await seriesIn(metrics);
  expect(new Set(causes)).toEqual(new Set(['RetriableError']));
  await until(async () => (await seriesIn(metrics)).age > age + 1);
  isDown = false;
  await until(() => notices.some(({ kind }) => kind === 'recovered'));
  await consumer.close();
});
