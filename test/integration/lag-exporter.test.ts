import { connectionTo } from '../support/connection-to';
import { rmSync } from 'node:fs';
import { connectKafka, withProducer } from '../../src/client/kafka-client';
import type { LocalPlatform } from '../../src/local/local-platform';
import { LIST_GROUPS } from '../../src/protocol/list-groups';
import { ask } from '../../src/protocol/request';
import { setTimeout as delay } from 'node:timers/promises';
import { discard, startPlatform, temporaryDirectory, threeBrokers } from '../../tools/support/local-platform';
import { deleteTopic, makeTopics } from '../support/make-topics';
import { commitAsModernMember } from '../support/modern-member';
import { FAILURES, members, ofGroup, ofTopic, ScrapedExporter, values, withText } from '../support/scraped-exporter';
import { named, type Series } from '../support/series';
import { writeOnce } from '../support/write-once';

const directory = temporaryDirectory();
const config = threeBrokers(directory);
let platform: LocalPlatform;
let exporter: ScrapedExporter;

beforeAll(async () => {
  platform = await startPlatform(config);
  exporter = await ScrapedExporter.start(platform.connection, config);
});

afterAll(async () => {
  exporter.close();
  await discard(platform);
  rmSync(directory, { recursive: true });
});

/** Deletes records of partition 0. */
const deleteRecords = (topic: string, before: number): Promise<void> =>
  exporter.admin(async (one) => {
    // kafkajs uses the leader before it has fetched it.
    await one.fetchTopicOffsets(topic);
    await one.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(before) }] });
  });

it('an active group has the lag that Kafka’s own numbers give, and keeps it without members', async () => {
  const [topic, groupId] = ['reads', 'readers'];
  await exporter.topicWith(topic, [10, 10, 10]);
  // One object for each consumer, because consumers of one object share their view of committed offsets.
  const consumer = connectKafka(platform.connection).consumer({ groupId });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  let read = 0;
  await consumer.run({ autoCommit: false, eachMessage: () => Promise.resolve(void (read += 1)) });
  while (read < 30) await delay(20);
  await consumer.commitOffsets([
    { topic, partition: 0, offset: '4' },
    { topic, partition: 1, offset: '10' },
  ]);
  const series = await exporter.complete();
  expect(series.get(members(groupId))).toBe(1);
  await consumer.disconnect();

  const [committed] = await exporter.admin((one) => one.fetchOffsets({ groupId, topics: [topic] }));
  const ends = new Map(
    (await exporter.admin((one) => one.fetchTopicOffsets(topic))).map(({ partition, high }) => [
      partition,
      Number(high),
    ]),
  );
  const expected = [0, 1, 2].map((id) => {
    const offset = Number(committed?.partitions.find(({ partition }) => partition === id)?.offset);
    return offset < 0 ? -1 : (ends.get(id) ?? 0) - offset;
  });
  expect(expected).toEqual([6, 0, -1]);
  // While a member reads the partition without a commit, the whole partition counts as lag.
  const [withMember, withoutMembers] = [[6, 0, 10], expected];
  for (const [one, lags] of [
    [series, withMember],
    [await exporter.complete(), withoutMembers],
  ] as const) {
    expect(values(one, ['lag', groupId, topic], 3)).toEqual(lags);
    expect(values(one, ['current_offset', groupId, topic], 3)).toEqual([4, 10, -1]);
    expect(one.get(ofGroup('current_offset_sum', groupId, topic))).toBe(14);
    expect(one.get(ofGroup('lag_sum', groupId, topic))).toBe(lags === withMember ? 16 : 6);
    expect(one.get(ofTopic('current_offset', topic, 2))).toBe(10);
  }
  expect((await exporter.complete()).get(members(groupId))).toBe(0);
});

it('deleted records are not lag', async () => {
  await exporter.topicWith('trimmed', [10]);
  await exporter.commit('trimmers', 'trimmed', 4);
  await deleteRecords('trimmed', 8);
  const series = await exporter.complete();
  expect(series.get(ofTopic('oldest_offset', 'trimmed', 0))).toBe(8);
  expect(values(series, ['lag', 'trimmers', 'trimmed'], 1)).toEqual([2]);
});

it('a commit beyond the end is not lag', async () => {
  await exporter.topicWith('made-anew', [3]);
  await exporter.commit('ahead', 'made-anew', 999);
  const series = await exporter.complete();
  expect(values(series, ['current_offset', 'ahead', 'made-anew'], 1)).toEqual([999]);
  expect(values(series, ['lag', 'ahead', 'made-anew'], 1)).toEqual([0]);
});

it('records of an open transaction become lag when it commits', async () => {
  await exporter.topicWith('transfers', [10]);
  await exporter.commit('settlement', 'transfers', 4);
  const settings = { transactionalId: 'lag-exporter-test', idempotent: true, maxInFlightRequests: 1 };
  const [open, closed] = await withProducer(exporter.kafka.producer(settings), async (producer) => {
    const transaction = await producer.transaction();
    await transaction.send({ topic: 'transfers', messages: Array.from({ length: 5 }, () => ({ value: 'x' })) });
    const during = await exporter.complete();
    await transaction.commit();
    // Includes the marker of the transaction, which has its own offset.
    // The end of the log and the last stable offset are separate requests: one scrape may see the marker in only one of them.
    const isOver = (series: Series): boolean =>
      series.get(ofTopic('current_offset', 'transfers', 0)) === 16 &&
      values(series, ['lag', 'settlement', 'transfers'], 1)[0] !== 6;
    return [during, await exporter.scrapeUntil(isOver)];
  });
  expect(open.get(ofTopic('current_offset', 'transfers', 0))).toBe(15);
  expect(values(open, ['lag', 'settlement', 'transfers'], 1)).toEqual([6]);
  expect(values(closed, ['lag', 'settlement', 'transfers'], 1)).toEqual([12]);
});

it('a deleted topic disappears, and so does a deleted group', async () => {
  await exporter.topicWith('short-lived', [5]);
  await exporter.commit('passers-by', 'short-lived', 1);
  await exporter.commit('passers-by', 'reads', 2);
  expect(withText(await exporter.complete(), 'short-lived').length).toBeGreaterThan(0);
  await deleteTopic(platform.connection, 'short-lived');
  const after = await exporter.scrapeUntil((series) => withText(series, 'short-lived').length === 0);
  expect(after.get(ofGroup('lag', 'passers-by', 'reads', 0))).toBe(8);
  await exporter.admin((one) => one.deleteGroups(['passers-by']));
  expect(withText(await exporter.complete(), 'passers-by')).toEqual([]);
});

it('groups of every coordinator are present, and Kafka’s internal topics are not', async () => {
  const groups = Array.from({ length: 6 }, (_, index) => `spread-${index}`);
  for (const group of groups) await exporter.commit(group, 'reads', 1);
  const coordinated = await Promise.all(
    platform.connection.bootstrapServers.map((one) => ask(connectionTo(one), LIST_GROUPS)),
  );
  expect(coordinated.filter((some) => some.length > 0).length).toBeGreaterThan(1);
  const series = await exporter.complete();
  const listed = await exporter.admin((one) => one.listGroups());
  expect(withText(series, 'kafka_consumergroup_members').sort()).toEqual(
    listed.groups.map(({ groupId }) => members(groupId)).sort(),
  );
  expect(groups.map((group) => series.get(ofGroup('lag', group, 'reads', 0)))).toEqual(groups.map(() => 9));
  expect(withText(series, 'topic="__')).toEqual([]);
  expect(series.get(named('kafka_brokers'))).toBe(3);
});

it('a group of the new protocol has lag and members too', async () => {
  await exporter.topicWith('modern', [10]);
  const member = { group: 'moderns', member: 'one', topic: 'modern' };
  await commitAsModernMember(platform.connection, member, 7);
  await commitAsModernMember(platform.connection, { ...member, member: 'two' }, 7);
  const series = await exporter.complete();
  expect(values(series, ['lag', 'moderns', 'modern'], 1)).toEqual([3]);
  expect(series.get(members('moderns'))).toBe(2);
});

it('a hanging broker removes only the series that it leads and coordinates, and the scrape ends in time', async () => {
  const pid = platform.pid(2) ?? 0;
  const before = await exporter.complete();
  process.kill(pid, 'SIGSTOP');
  try {
    const started = Date.now();
    const during = await exporter.scrape();
    // Prometheus waits for no longer.
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(during.get(FAILURES)).toBe((before.get(FAILURES) ?? 0) + 1);
    const led = withText(before, 'kafka_topic_partition_leader{');
    const lost = led.filter((name) => before.get(name) === 2);
    expect(lost.length).toBeGreaterThan(0);
    for (const name of led) {
      const offset = name.replace('_leader{', '_current_offset{');
      expect([offset, during.get(offset)]).toEqual([offset, lost.includes(name) ? undefined : before.get(offset)]);
    }
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await exporter.scrapeUntil((series) => [...before.keys()].every((name) => series.has(name)));
});

it('a partition without a leader has no offsets and no lag, counts as not in sync, and does not affect others', async () => {
  const topic = 'one-replica';
  const replicaAssignment = [0, 1].map((id) => ({ partition: id, replicas: [id] }));
  await makeTopics(platform.connection, [{ topic, replicaAssignment }]);
  const messages = [0, 1, 1].map((partition) => ({ partition, value: 'x' }));
  await writeOnce(exporter.kafka, topic, messages);
  await exporter.commit('watchers', topic, 0, 0);
  const before = await exporter.complete();
  expect(values(before, ['lag', 'watchers', topic], 2)).toEqual([1, 2]);

  await platform.stopBroker(0);
  // The brokers and the leaders are separate requests.
  const down = await exporter.scrapeUntil(
    (series) => !series.has(ofTopic('leader', topic, 0)) && series.get(named('kafka_brokers')) === 2,
  );
  const of = (name: string, partition: number) => down.get(ofTopic(name, topic, partition));
  expect(down.get(named('kafka_brokers'))).toBe(2);
  for (const name of ['leader', 'current_offset', 'oldest_offset'])
    expect([name, of(name, 0)]).toEqual([name, undefined]);
  expect([of('replicas', 0), of('in_sync_replica', 0), of('under_replicated_partition', 0)]).toEqual([1, 0, 1]);
  expect([of('replicas', 1), of('in_sync_replica', 1), of('under_replicated_partition', 1)]).toEqual([1, 1, 0]);
  expect([of('leader', 1), of('current_offset', 1)]).toEqual([1, 2]);
  const settled = await exporter.scrapeUntil((series) => series.has(members('watchers')));
  expect(values(settled, ['lag', 'watchers', topic], 2)).toEqual([undefined, 2]);
  expect(settled.get(ofGroup('lag_sum', 'watchers', topic))).toBe(2);
  // A broker that is known to be down causes no failed readings.
  await exporter.complete();

  await platform.startBroker(0);
  // The metadata name a leader before it answers as one.
  const again = await exporter.scrapeUntil((series) =>
    values(series, ['lag', 'watchers', topic], 2).every((lag) => lag !== undefined),
  );
  expect(again.get(ofTopic('leader', topic, 0))).toBe(0);
  expect(values(again, ['lag', 'watchers', topic], 2)).toEqual([1, 2]);
});
