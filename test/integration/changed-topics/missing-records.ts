import { ConsumerEnded } from '../../../src/client/consumer/consumer-ended';
import { FatalError } from '../../../src/client/errors';
import { readPartition } from '../../../src/client/log/read-partition';
import { LogChanged } from '../../../src/client/log/log-reading';
import type { ClientNotice } from '../../../src/client/notices';
import { parseReplay } from '../../../src/dead-letters/parse-options';
import { applyReplay, readReplayPlan } from '../../../src/dead-letters/replay';
import { retryChains } from '../../../examples/catalogue/topics';
import { writeDeadLetters } from '../../support/dead-letter-records';
import { DisturbedTopic } from '../../support/disturbed-topic';
import { Hold } from '../../support/hold';
import { leadersOf } from '../../support/leaders';
import { missingOf, OrderReader } from '../../support/order-reader';
import { until } from '../../support/until';
import { writeCounting } from '../../support/write-counting';
import { brokers } from './brokers';

const TOPIC = 'orders';
const PARTITIONS = 6;
const LEFT = 5;

const topic = new DisturbedTopic(() => brokers.platform.connection, TOPIC);
const readerOf = (groupId: string): OrderReader => new OrderReader(brokers.platform.connection, groupId);
const write = (records: number): Promise<void> =>
  writeCounting({ connection: brokers.platform.connection, topic: TOPIC, records, keys: 100 });

describe('missing records', () => {
  beforeAll(() => write(120));

  it('are reported and counted when a stopped group continues', async () => {
    const first = readerOf('deleted');
    const one = await first.start();
    await until(async () => first.handled.length >= 120 && (await first.hasCaughtUp()));
    await one.close();
    expect(first.missing).toEqual([]);
    const before = await first.committed();
    await write(240);
    const starts = await topic.deleteAllBut(LEFT);

    const second = readerOf('deleted');
    const consumer = await second.start();
    await until(() => second.handled.length >= LEFT * PARTITIONS);
    const told = second.missing;
    expect(told.map(({ partition, from, to }) => [partition, from, to]).sort()).toEqual(
      [...starts].map(([partition, start]) => [partition, before.get(partition), start]).sort(),
    );
    expect(new Set(told.map(({ reason }) => reason))).toEqual(new Set(['log-starts-later']));
    const text = await second.metrics.text();
    for (const { partition, from, to } of told) {
      const labels = `{topic="${TOPIC}",group="deleted",partition="${partition}",reason="log-starts-later"}`;
      expect(text).toContain(`app_kafka_log_gaps_total${labels} 1`);
      expect(text).toContain(`app_kafka_missing_records_total${labels} ${to - from}`);
    }
    await consumer.close();
  });

  it('are reported by a running group', async () => {
    const hold = new Hold();
    const reader = readerOf('deleted-running');
    const leaders = await leadersOf(brokers.platform.connection, TOPIC);
    const consumer = await reader.start({ handle: ({ partition }) => hold.pass(String(leaders.get(partition))) });
    await until(() => reader.hasCaughtUp());
    hold.close();
    await write(60);
    // Only a broker of which a record is held is not fetched from again.
    await until(() => hold.waiting.size === new Set(leaders.values()).size);
    await write(240);
    await topic.deleteAllBut(LEFT);
    hold.release();
    await until(() => reader.hasCaughtUp());
    expect(new Set(reader.missing.map(({ partition }) => partition)).size).toBe(PARTITIONS);
    await consumer.close();
  });

  it('are not reported by a group that begins with the remaining records', async () => {
    const reader = readerOf('fresh');
    const consumer = await reader.start();
    await until(() => reader.handled.length >= LEFT * PARTITIONS);
    expect(reader.missing).toEqual([]);
    await consumer.close();
  });

  it('are reported for a position beyond the end of the log, which is then read from its beginning', async () => {
    const reader = readerOf('beyond');
    await reader.setOffsets('1000000');
    const consumer = await reader.start();
    await until(async () => reader.missing.length >= PARTITIONS && (await reader.hasCaughtUp()));
    expect(reader.handled).toHaveLength(LEFT * PARTITIONS);
    expect(reader.missing.map(({ reason, from }) => `${reason} ${from}`)).toEqual(
      Array.from({ length: PARTITIONS }, () => 'log-ends-earlier 1000000'),
    );
    await consumer.close();
  });

  it('end the consumer if the application wants it, and nothing after them is committed', async () => {
    const reader = readerOf('stopped');
    await reader.setOffsets('1');
    const consumer = await reader.start({
      onNotice: ({ message }) => {
        throw new FatalError(message);
      },
    });
    const ended = await consumer.ended.catch((error: unknown) => error);
    expect(ended).toBeInstanceOf(ConsumerEnded);
    expect(ended).toMatchObject({ reason: 'fatal', exitCode: 3 });
    expect((ended as Error).message).toMatch(/records are missing in orders-\d: group stopped/);
    expect([...(await reader.committed()).values()]).toContain(1n);
  });

  it('are reported to readers without a group, in the middle of a log but not before its start', async () => {
    const { connection } = brokers.platform;
    const notices: ClientNotice[] = [];
    const read = (from?: bigint): Promise<bigint> =>
      readPartition({
        ...{ connection, clientId: 'test', topic: TOPIC, partition: 0, onRecord: () => undefined },
        ...(from !== undefined && { from }),
        onNotice: (notice) => void notices.push(notice),
      });
    const end = await read();
    expect(notices).toEqual([]);
    await read(1n);
    expect(missingOf(notices)).toMatchObject([
      { topic: TOPIC, partition: 0, from: 1n, to: end - BigInt(LEFT), reason: 'log-starts-later' },
    ]);
    await expect(read(end + 100n)).rejects.toThrow(LogChanged);
  });
});

describe('dead letter records that are missing when a plan to replay them is applied', () => {
  const { email } = retryChains;
  const deadLetterRecords = new DisturbedTopic(() => brokers.platform.connection, email.deadLetterTopic);
  const write4 = (): Promise<void> =>
    writeDeadLetters({
      ...{ connection: brokers.platform.connection, chain: email, partition: 0, timestamp: Date.now() },
      values: ['a', 'b', 'c', 'd'],
    });
  const planNow = () =>
    readReplayPlan({
      connection: brokers.platform.connection,
      config: brokers.config,
      ...parseReplay({ group: email.group }, [email]),
    });
  const apply = (plan: Awaited<ReturnType<typeof planNow>>) =>
    applyReplay({ connection: brokers.platform.connection, plan, rate: 1_000 });

  it('are named when they were deleted', async () => {
    await write4();
    const plan = await planNow();
    await deadLetterRecords.deleteAllBut(2);
    await expect(apply(plan)).rejects.toThrow(
      /deleted before they were replayed: 2 \(partition@offset: 0@0, 0@1\); the other 2 were replayed/,
    );
  });

  it('are distinguished from records of a recreated topic', async () => {
    await write4();
    const plan = await planNow();
    expect(plan.partitions).toHaveLength(1);
    await deadLetterRecords.recreate(brokers.config.topics);
    await write4();
    await expect(apply(plan)).rejects.toThrow(/orders\.email\.dlq was deleted and created again/);
    expect(await planNow()).toMatchObject({ replayedBefore: 0, partitions: [{ offsets: [0n, 1n, 2n, 3n] }] });
  });
});

// Runs last, because the partition keeps fewer replicas.
it('detects by leader epochs that a log was truncated and has grown again', async () => {
  // As if offset 15 of partition 0 had been read from the first leader, while another leader took over at offset 10.
  await topic.recreate(brokers.config.topics);
  await topic.writeTo(0, 10);
  await topic.moveLeader(0);
  await topic.writeTo(0, 10);
  const { id } = await topic.metadata();
  await topic.commit('cut-off', { partition: 0, offset: 15n, metadata: `topic-id=${id} leader-epoch=0` });
  const reader = readerOf('cut-off');
  await until(async () => (await reader.committed()).get(0) === 15n);
  const consumer = await reader.start();
  await until(() => reader.handled.length >= 10);
  expect(reader.missing.map(({ reason, from, to }) => ({ reason, from, to }))).toEqual([
    { reason: 'log-ends-earlier', from: 15n, to: 10n },
  ]);
  expect(reader.handled).toHaveLength(10);
  await consumer.close();
});
