import { once } from 'node:events';
import { rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Admin, Kafka } from 'kafkajs';
import { quietKafka, withAdmin, withProducer } from '../../src/client/quiet-kafka';
import type { LocalPlatform } from '../../src/embedded/local-platform';
import { Scraper } from '../../src/exporter/scraper';
import { lagExporterServer } from '../../src/exporter/server';
import { readSnapshot } from '../../src/exporter/snapshot';
import { LIST_GROUPS } from '../../src/wire/list-groups';
import { ask } from '../../src/wire/request';
import { startPlatform, temporaryDirectory, threeBrokers } from '../support/local-platform';
import { commitAsModernMember } from '../support/modern-member';
import { named, parseSeries, type Series } from '../support/series';

const WITHIN_MS = 30_000;
const FAILURES = named('platform_lag_exporter_scrape_failures_total');

const directory = temporaryDirectory();
let platform: LocalPlatform;
let kafka: Kafka;
let server: Server;

beforeAll(async () => {
  platform = await startPlatform(threeBrokers(directory));
  kafka = quietKafka(platform.bootstrap);
  const read = () => readSnapshot(platform.bootstrap);
  server = lagExporterServer(new Scraper({ read, say: () => undefined, freshMs: 0 })).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(async () => {
  server.close();
  await platform.stop();
  rmSync(directory, { recursive: true });
});

const admin = <T>(use: (admin: Admin) => Promise<T>): Promise<T> => withAdmin(kafka, use);

async function scrape(): Promise<Series> {
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`);
  return parseSeries(await response.text());
}

/** The first scrape of which something holds. */
async function scrapeUntil(holds: (series: Series) => boolean): Promise<Series> {
  const deadline = Date.now() + WITHIN_MS;
  for (;;) {
    const series = await scrape();
    if (holds(series)) return series;
    if (Date.now() > deadline) throw new Error(`it did not happen:\n${[...series].map(String).join('\n')}`);
    await delay(100);
  }
}

/** Makes a topic with a partition for each of these numbers of records. */
async function topicWith(topic: string, records: readonly number[]): Promise<void> {
  await admin((one) => one.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: records.length }] }));
  const messages = records.flatMap((count, partition) =>
    Array.from({ length: count }, () => ({ partition, value: 'x' })),
  );
  await withProducer(kafka.producer(), (producer) => producer.send({ topic, messages }));
}

/** Of partition 0. */
const deleteRecords = (topic: string, before: number): Promise<void> =>
  admin(async (one) => {
    // kafkajs looks for the leader before it has asked for it.
    await one.fetchTopicOffsets(topic);
    await one.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(before) }] });
  });

/** Commits for a group without members. */
const commit = (groupId: string, topic: string, ...offsets: readonly number[]): Promise<void> =>
  admin((one) =>
    one.setOffsets({
      groupId,
      topic,
      partitions: offsets.map((offset, partition) => ({ partition, offset: String(offset) })),
    }),
  );

const ofTopic = (name: string, topic: string, partition: number): string =>
  named(`kafka_topic_partition_${name}`, { topic, partition });

const ofGroup = (name: string, consumergroup: string, topic: string, partition?: number): string =>
  named(`kafka_consumergroup_${name}`, { consumergroup, topic, ...(partition === undefined ? {} : { partition }) });

const members = (consumergroup: string): string => named('kafka_consumergroup_members', { consumergroup });

/** Values of a series of a group for the first partitions of a topic. */
const values = (series: Series, [name, group, topic]: readonly [string, string, string], count: number) =>
  Array.from({ length: count }, (_, partition) => series.get(ofGroup(name, group, topic, partition)));

const withText = (series: Series, text: string): string[] => [...series.keys()].filter((name) => name.includes(text));

it('a group that reads has the lag that follows from Kafka’s own numbers, and keeps it without members', async () => {
  const [topic, groupId] = ['reads', 'readers'];
  await topicWith(topic, [10, 10, 10]);
  // One object for each consumer: consumers of one share what they know of committed offsets.
  const consumer = quietKafka(platform.bootstrap).consumer({ groupId });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  let read = 0;
  await consumer.run({ autoCommit: false, eachMessage: () => Promise.resolve(void (read += 1)) });
  while (read < 30) await delay(20);
  await consumer.commitOffsets([
    { topic, partition: 0, offset: '4' },
    { topic, partition: 1, offset: '10' },
  ]);
  const series = await scrape();
  expect(series.get(members(groupId))).toBe(1);
  await consumer.disconnect();

  const [committed] = await admin((one) => one.fetchOffsets({ groupId, topics: [topic] }));
  const ends = new Map(
    (await admin((one) => one.fetchTopicOffsets(topic))).map(({ partition, high }) => [partition, Number(high)]),
  );
  const expected = [0, 1, 2].map((id) => {
    const offset = Number(committed?.partitions.find(({ partition }) => partition === id)?.offset);
    return offset < 0 ? -1 : (ends.get(id) ?? 0) - offset;
  });
  expect(expected).toEqual([6, 0, -1]);
  for (const one of [series, await scrape()]) {
    expect(values(one, ['lag', groupId, topic], 3)).toEqual(expected);
    expect(values(one, ['current_offset', groupId, topic], 3)).toEqual([4, 10, -1]);
    expect(one.get(ofGroup('current_offset_sum', groupId, topic))).toBe(14);
    expect(one.get(ofGroup('lag_sum', groupId, topic))).toBe(6);
    expect(one.get(ofTopic('current_offset', topic, 2))).toBe(10);
  }
  expect((await scrape()).get(members(groupId))).toBe(0);
});

it('records that are deleted are no lag', async () => {
  await topicWith('trimmed', [10]);
  await commit('trimmers', 'trimmed', 4);
  await deleteRecords('trimmed', 8);
  const series = await scrape();
  expect(series.get(ofTopic('oldest_offset', 'trimmed', 0))).toBe(8);
  expect(values(series, ['lag', 'trimmers', 'trimmed'], 1)).toEqual([2]);
});

it('a commit beyond the end is no lag', async () => {
  await topicWith('made-anew', [3]);
  await commit('ahead', 'made-anew', 999);
  const series = await scrape();
  expect(values(series, ['current_offset', 'ahead', 'made-anew'], 1)).toEqual([999]);
  expect(values(series, ['lag', 'ahead', 'made-anew'], 1)).toEqual([0]);
});

it('records of an open transaction become lag when it commits', async () => {
  await topicWith('transfers', [10]);
  await commit('settlement', 'transfers', 4);
  const settings = { transactionalId: 'lag-exporter-test', idempotent: true, maxInFlightRequests: 1 };
  const [open, closed] = await withProducer(kafka.producer(settings), async (producer) => {
    const transaction = await producer.transaction();
    await transaction.send({ topic: 'transfers', messages: Array.from({ length: 5 }, () => ({ value: 'x' })) });
    const during = await scrape();
    await transaction.commit();
    // With the marker that ends the transaction, which has an offset of its own.
    // The end of the log is asked for apart from what no transaction holds back: one scrape may see the marker in one of them only.
    const isOver = (series: Awaited<ReturnType<typeof scrape>>): boolean =>
      series.get(ofTopic('current_offset', 'transfers', 0)) === 16 &&
      values(series, ['lag', 'settlement', 'transfers'], 1)[0] !== 6;
    return [during, await scrapeUntil(isOver)];
  });
  expect(open.get(ofTopic('current_offset', 'transfers', 0))).toBe(15);
  expect(values(open, ['lag', 'settlement', 'transfers'], 1)).toEqual([6]);
  expect(values(closed, ['lag', 'settlement', 'transfers'], 1)).toEqual([12]);
});

it('a topic that is deleted vanishes, and so does a group', async () => {
  await topicWith('short-lived', [5]);
  await commit('passers-by', 'short-lived', 1);
  await commit('passers-by', 'reads', 2);
  expect(withText(await scrape(), 'short-lived').length).toBeGreaterThan(0);
  await admin((one) => one.deleteTopics({ topics: ['short-lived'] }));
  const after = await scrapeUntil((series) => withText(series, 'short-lived').length === 0);
  expect(after.get(ofGroup('lag', 'passers-by', 'reads', 0))).toBe(8);
  await admin((one) => one.deleteGroups(['passers-by']));
  expect(withText(await scrape(), 'passers-by')).toEqual([]);
});

it('groups of every coordinator are there, and none of Kafka’s own topics', async () => {
  const groups = Array.from({ length: 6 }, (_, index) => `spread-${index}`);
  for (const group of groups) await commit(group, 'reads', 1);
  const coordinated = await Promise.all(platform.bootstrap.map((one) => ask([one], LIST_GROUPS)));
  expect(coordinated.filter((some) => some.length > 0).length).toBeGreaterThan(1);
  const series = await scrape();
  const listed = await admin((one) => one.listGroups());
  expect(withText(series, 'kafka_consumergroup_members').sort()).toEqual(
    listed.groups.map(({ groupId }) => members(groupId)).sort(),
  );
  expect(groups.map((group) => series.get(ofGroup('lag', group, 'reads', 0)))).toEqual(groups.map(() => 9));
  expect(withText(series, 'topic="__')).toEqual([]);
  expect(series.get(named('kafka_brokers'))).toBe(3);
  expect(series.get(FAILURES)).toBe(0);
});

it('a group of the new protocol has lag and members too', async () => {
  await topicWith('modern', [10]);
  const member = { group: 'moderns', member: 'one', topic: 'modern' };
  await commitAsModernMember(platform.bootstrap, member, 7);
  await commitAsModernMember(platform.bootstrap, { ...member, member: 'two' }, 7);
  const series = await scrape();
  expect(values(series, ['lag', 'moderns', 'modern'], 1)).toEqual([3]);
  expect(series.get(members('moderns'))).toBe(2);
});

it('a broker that hangs takes away only what it leads and coordinates, and the scrape ends in time', async () => {
  const pid = platform.pid(2) ?? 0;
  const before = await scrape();
  process.kill(pid, 'SIGSTOP');
  try {
    const started = Date.now();
    const during = await scrape();
    expect(Date.now() - started).toBeLessThan(8_500);
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
  await scrapeUntil((series) => [...before.keys()].every((name) => series.has(name)));
});

it('a partition without a leader has no offsets and no lag, counts as not in sync, and disturbs no other', async () => {
  const topic = 'one-replica';
  const replicaAssignment = [0, 1].map((id) => ({ partition: id, replicas: [id] }));
  await admin((one) => one.createTopics({ waitForLeaders: true, topics: [{ topic, replicaAssignment }] }));
  const messages = [0, 1, 1].map((partition) => ({ partition, value: 'x' }));
  await withProducer(kafka.producer(), (producer) => producer.send({ topic, messages }));
  await commit('watchers', topic, 0, 0);
  const before = await scrape();
  expect(values(before, ['lag', 'watchers', topic], 2)).toEqual([1, 2]);

  await platform.stopBroker(0);
  const down = await scrapeUntil((series) => !series.has(ofTopic('leader', topic, 0)));
  const of = (name: string, partition: number) => down.get(ofTopic(name, topic, partition));
  expect(down.get(named('kafka_brokers'))).toBe(2);
  for (const name of ['leader', 'current_offset', 'oldest_offset'])
    expect([name, of(name, 0)]).toEqual([name, undefined]);
  expect([of('replicas', 0), of('in_sync_replica', 0), of('under_replicated_partition', 0)]).toEqual([1, 0, 1]);
  expect([of('replicas', 1), of('in_sync_replica', 1), of('under_replicated_partition', 1)]).toEqual([1, 1, 0]);
  expect([of('leader', 1), of('current_offset', 1)]).toEqual([1, 2]);
  const settled = await scrapeUntil((series) => series.has(members('watchers')));
  expect(values(settled, ['lag', 'watchers', topic], 2)).toEqual([undefined, 2]);
  expect(settled.get(ofGroup('lag_sum', 'watchers', topic))).toBe(2);
  // A broker that is known to be down is missed by nobody.
  let failures = settled.get(FAILURES);
  await scrapeUntil((series) => failures === (failures = series.get(FAILURES)));

  await platform.startBroker(0);
  const again = await scrapeUntil((series) => series.has(ofTopic('leader', topic, 0)));
  expect(values(again, ['lag', 'watchers', topic], 2)).toEqual([1, 2]);
});
