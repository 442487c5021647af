import { leaveHanging, leaveOpen } from '../../support/open-transaction';
import { members, ofGroup, ofTopic, ScrapedExporter, values, withText } from '../../support/scraped-exporter';
import type { Series } from '../../support/series';
import { ShareConsumer } from '../../support/share-consumer';
import { JoinedStreams } from '../../support/streams-member';
import { startStuck } from '../../support/stuck-member';
import { until } from '../../support/until';
import { broker } from './broker';
import { writeOnce } from '../../support/write-once';

let exporter: ScrapedExporter;

beforeAll(async () => {
  exporter = await ScrapedExporter.start(broker.platform.connection, broker.config);
});

afterAll(() => exporter.close());

/** Ages of open transactions of a topic, by the labels that follow the partition's. */
const openTransactions = (series: Series, topic: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...series]
      .filter(([name]) => name.startsWith(`kafka_topic_partition_open_transaction_age_seconds{topic="${topic}"`))
      .map(([name, age]) => [/transactional_id.*(?=})/.exec(name)?.[0] ?? '', age] as const),
  );

it('an open transaction has its age and the number of records that it holds back, until it ends', async () => {
  await exporter.topicWith('held', [10, 10]);
  await exporter.commit('waiting', 'held', 10, 10);
  const transaction = {
    connection: broker.platform.connection,
    transactionalId: 'left-open',
    topic: 'held',
    partition: 1,
  };
  const abort = await leaveOpen({ ...transaction, records: 5 });
  const behind = Array.from({ length: 770 }, () => ({ partition: 1, value: 'x' }));
  await writeOnce(exporter.kafka, 'held', behind);
  const label = 'transactional_id="left-open",state="open"';
  const held = await exporter.scrapeUntil((series) => (openTransactions(series, 'held')[label] ?? 0) >= 2);
  expect([0, 1].map((id) => held.get(ofTopic('unstable_records', 'held', id)))).toEqual([0, 775]);
  expect(Object.keys(openTransactions(held, 'held'))).toEqual([label]);
  expect(openTransactions(held, 'held')[label]).toBeLessThan(120);
  // Lag counts only readable records.
  expect(values(held, ['lag', 'waiting', 'held'], 2)).toEqual([0, 0]);
  await abort();
  const hasEnded = (series: Series): boolean => Object.keys(openTransactions(series, 'held')).length === 0;
  // The two values are read one after the other.
  const ended = await exporter.scrapeUntil(
    (series) => hasEnded(series) && series.get(ofTopic('unstable_records', 'held', 1)) === 0,
  );
  // Without the aborted records, but with the marker that follows them.
  expect(values(ended, ['lag', 'waiting', 'held'], 2)).toEqual([0, 771]);
});

it('a transaction that its coordinator does not know is called hanging', async () => {
  await exporter.topicWith('hung', [10]);
  const transaction = { connection: broker.platform.connection, transactionalId: 'lost', topic: 'hung', partition: 0 };
  await leaveHanging({ ...transaction, records: 3 });
  const label = 'transactional_id="",state="hanging"';
  const hung = await exporter.scrapeUntil((series) => openTransactions(series, 'hung')[label] !== undefined);
  expect(hung.get(ofTopic('unstable_records', 'hung', 0))).toBe(3);
  expect(Object.keys(openTransactions(hung, 'hung'))).toEqual([label]);
});

it('aborted records and markers at the end of a log are no lag, until a record follows', async () => {
  await exporter.topicWith('ends-aborted', [20]);
  await exporter.commit('idle', 'ends-aborted', 20);
  const transaction = {
    connection: broker.platform.connection,
    transactionalId: 'gives-up',
    topic: 'ends-aborted',
    partition: 0,
  };
  await (
    await leaveOpen({ ...transaction, records: 700 })
  )();
  const idle = await exporter.scrapeUntil((series) => series.get(ofTopic('current_offset', 'ends-aborted', 0)) === 721);
  expect(values(idle, ['lag', 'idle', 'ends-aborted'], 1)).toEqual([0]);
  expect(values(idle, ['current_offset', 'idle', 'ends-aborted'], 1)).toEqual([20]);
  await writeOnce(exporter.kafka, 'ends-aborted', [{ value: 'x' }, { value: 'x' }]);
  await exporter.scrapeUntil((series) => values(series, ['lag', 'idle', 'ends-aborted'], 1)[0] === 2);
});

it('a group that is stuck at its first record has the lag of all records', async () => {
  await exporter.topicWith('stuck-on', [600, 0, 40]);
  const stop = await startStuck({ connection: broker.platform.connection, groupId: 'stuck', topic: 'stuck-on' });
  const series = await exporter.scrapeUntil((one) => one.has(ofGroup('lag_sum', 'stuck', 'stuck-on')));
  expect(values(series, ['lag', 'stuck', 'stuck-on'], 3)).toEqual([600, 0, 40]);
  expect(values(series, ['current_offset', 'stuck', 'stuck-on'], 3)).toEqual([-1, -1, -1]);
  expect(series.get(ofGroup('lag_sum', 'stuck', 'stuck-on'))).toBe(640);
  expect(series.has(ofGroup('current_offset_sum', 'stuck', 'stuck-on'))).toBe(false);
  await stop();
  // No member reads any more, and there is no committed offset.
  await exporter.scrapeUntil((one) => !one.has(ofGroup('lag', 'stuck', 'stuck-on', 0)));
});

const TOOLS = ['console-consumer-4711', 'console-share-consumer-1', 'apicurio-1b4e28ba-2fa1-11d2-883f-0016d3cca427'];

it('groups of tools are left out', async () => {
  await exporter.topicWith('looked-at', [1]);
  await Promise.all([...TOOLS, 'apicurio-by-hand'].map((group) => exporter.commit(group, 'looked-at', 0)));
  const series = await exporter.complete();
  for (const group of TOOLS) expect(withText(series, group)).toEqual([]);
  expect(values(series, ['lag', 'apicurio-by-hand', 'looked-at'], 1)).toEqual([1]);
});

it('a share group has members, and the lag that Kafka reports', async () => {
  const [topic, group] = ['shared', 'sharers'];
  await exporter.topicWith(topic, [1]);
  const consumer = await ShareConsumer.start(broker.config, { connection: broker.platform.connection, group, topic });
  const write = (...some: readonly string[]) =>
    writeOnce(
      exporter.kafka,
      topic,
      some.map((value) => ({ partition: 0, value })),
    );
  try {
    await exporter.scrapeUntil((series) => series.get(members(group)) === 1);
    // It reads records from its own start position, which only the group knows.
    await until(async () => {
      await write('first');
      return consumer.received.length > 0;
    });
    const series = await exporter.scrapeUntil((one) => one.get(ofGroup('lag', group, topic, 0)) === 0);
    expect(series.get(members(group))).toBe(1);
  } finally {
    await consumer.close();
  }
  await write('x', 'x', 'x', 'x', 'x', 'x', 'x');
  await exporter.scrapeUntil((one) => one.get(ofGroup('lag_sum', group, topic)) === 7 && one.get(members(group)) === 0);
}, 240_000);

it('a streams group has members, and lag on the topics that they read', async () => {
  const [topic, group] = ['streamed', 'flows'];
  await exporter.topicWith(topic, [8, 3]);
  const member = new JoinedStreams(broker.platform.connection, { group, member: 'one', topic });
  let series = await exporter.scrape();
  await until(
    async () => {
      await member.heartbeat();
      series = await exporter.scrape();
      return series.get(ofGroup('lag_sum', group, topic)) === 11;
    },
    { otherwise: () => [...series].filter(([name]) => name.includes(group)).join('; ') },
  );
  expect(series.get(members(group))).toBe(1);
  expect(values(series, ['lag', group, topic], 2)).toEqual([8, 3]);
});
