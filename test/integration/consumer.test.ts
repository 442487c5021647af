import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AssignerProtocol, type PartitionAssigner } from 'kafkajs';
import { ConsumerEnded } from '../../src/client/consumer/consumer-ended';
import { FatalError, PermanentError, RetriableError } from '../../src/client/errors';
import { EventConsumer } from '../../src/client/consumer/event-consumer';
import type { RecordHandler } from '../../src/client/consumer/handlers';
import type { ConsumedRecord } from '../../src/client/consumer/record';
import { groupOffsets } from '../../src/client/group-offsets';
import { connectKafka, withAdmin } from '../../src/client/kafka-client';
import { HandledRecords } from '../support/handled-records';
import { catalogueBrokers } from '../support/catalogue-brokers';
import { until } from '../support/until';
import { writeCounting } from '../support/write-counting';

const RECORDS = 10_000;
const TOPIC = 'orders';
/** The shortest session that brokers allow by default. */
const SESSION_MS = 6_000;
/** Long beyond the deadline of a close, and below the time limit of a handler. */
const HANGING_MS = 240_000;

const brokers = catalogueBrokers();
/** First offset after the records, by partition. */
let ends: ReadonlyMap<number, bigint>;

beforeAll(async () => {
  const kafka = connectKafka(brokers.platform.connection);
  await writeCounting({ connection: brokers.platform.connection, topic: TOPIC, records: RECORDS, keys: 200 });
  const offsets = await withAdmin(kafka, (admin) => admin.fetchTopicOffsets(TOPIC));
  ends = new Map(offsets.map(({ partition, high }) => [partition, BigInt(high)]));
});

/** Every group reads the same records from the beginning. */
const start = (groupId: string, handle: RecordHandler<typeof TOPIC>) =>
  EventConsumer.start({
    connection: brokers.platform.connection,
    groupId,
    topics: [TOPIC],
    sessionTimeoutMs: SESSION_MS,
    heartbeatIntervalMs: 300,
    backOff: { firstMs: 20, maxMs: 100 },
    handle,
  });

/** Committed offsets of the group. */
const committed = (groupId: string): Promise<ReadonlyMap<number, bigint>> =>
  withAdmin(connectKafka(brokers.platform.connection), (admin) => groupOffsets(admin, { groupId, topic: TOPIC }));

const membersOf = async (groupId: string): Promise<readonly string[]> => {
  const { groups } = await withAdmin(connectKafka(brokers.platform.connection), (admin) =>
    admin.describeGroups([groupId]),
  );
  return groups.flatMap(({ members }) => members.map(({ memberId }) => memberId));
};

const shortly = (maxMs: number): Promise<void> => delay(Math.random() * maxMs);
const isFirst = ({ partition, offset }: ConsumedRecord): boolean => partition === 0 && offset === 0n;

it('handles every record once, a key in order, keys side by side, and commits to the end', async () => {
  const handled = new HandledRecords();
  const consumer = await start(
    'order',
    handled.handling(() => shortly(5)),
  );
  await until(() => handled.places.size === RECORDS);
  expect(await consumer.close()).toEqual({ abandoned: [], hasLeft: true });
  expect(handled.verdict).toEqual({ outOfOrder: 0, sideBySideInKey: 0, duplicates: 0 });
  expect(handled.mostAtOnce).toBeGreaterThan(30);
  expect(await committed('order')).toEqual(ends);
});

it('handles batches in the order of the partition', async () => {
  const handled = new HandledRecords();
  let largest = 0;
  const consumer = await EventConsumer.start({
    connection: brokers.platform.connection,
    groupId: 'batches',
    topics: [TOPIC],
    batchRecords: 100,
    handleBatch: async (records) => {
      await shortly(5);
      largest = Math.max(largest, records.length);
      for (const record of records) handled.note(record);
    },
  });
  await until(() => handled.places.size === RECORDS);
  await consumer.close();
  expect(handled.verdict).toEqual({ outOfOrder: 0, sideBySideInKey: 0, duplicates: 0 });
  expect(largest).toBe(100);
  expect(await committed('batches')).toEqual(ends);
});

it('loses no record when it is killed, and repeats only uncommitted ones', async () => {
  const script = join(__dirname, '..', 'support', 'consuming-process.ts');
  const child = spawn(process.execPath, [
    '--import',
    'tsx',
    script,
    brokers.platform.connection.bootstrapServers.join(','),
    'killed',
  ]);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await until(async () => {
    const offsets = [...(await committed('killed')).values()];
    return output.length > 20_000 && offsets.some((offset) => offset > 0n);
  });
  child.kill('SIGKILL');
  await once(child, 'close');
  const before = new Set(output.split('\n').slice(0, -1));
  const committedOffsets = await committed('killed');

  const handled = new HandledRecords();
  const consumer = await start(
    'killed',
    handled.handling(() => undefined),
  );
  await until(() => new Set([...before, ...handled.places.keys()]).size === RECORDS);
  await consumer.close();
  expect([...committedOffsets.values()].some((offset) => offset > 0n)).toBe(true);
  const isBelow = (place: string): boolean => {
    const [partition = '', offset = ''] = place.split(':');
    return BigInt(offset) < (committedOffsets.get(Number(partition)) ?? 0n);
  };
  expect([...handled.places.keys()].filter((place) => before.has(place) && isBelow(place))).toEqual([]);
  expect(handled.verdict).toEqual({ outOfOrder: 0, sideBySideInKey: 0, duplicates: 0 });
});

it('hands keys over to a second member and back, and no two members handle one key at the same time', async () => {
  const handled = new HandledRecords();
  const counts = [0, 0];
  const counting = (member: 0 | 1) =>
    handled.handling(async ({ value }) => {
      // Some calls are too long for a rebalance that does not wait for them. Until the second member works, the first one is
      // slow, so that records are left.
      await (Number(value?.toString()) % 331 === 0 ? delay(2_000) : shortly(counts[1] === 0 ? 800 : 80));
      counts[member] = (counts[member] ?? 0) + 1;
    });
  const first = await start('scaling', counting(0));
  await until(() => handled.places.size > 500);
  const second = await start('scaling', counting(1));
  await until(() => (counts[1] ?? 0) > 500);
  const left = await second.close();
  const afterwards = counts[0] ?? 0;
  await until(() => handled.places.size === RECORDS);
  await first.close();
  expect(left).toEqual({ abandoned: [], hasLeft: true });
  expect(counts[0]).toBeGreaterThan(afterwards);
  expect(handled.verdict).toMatchObject({ outOfOrder: 0, sideBySideInKey: 0 });
  expect(await committed('scaling')).toEqual(ends);
});

it('stays a member while a handler takes longer than the session', async () => {
  const handled = new HandledRecords();
  const consumer = await start(
    'slow-handler',
    // In every partition: for an idle one kafkajs would send heartbeats itself.
    handled.handling(({ offset }) => (offset === 0n ? delay(1.5 * SESSION_MS) : undefined)),
  );
  const members = await membersOf('slow-handler');
  await until(() => handled.places.size === RECORDS);
  expect(await membersOf('slow-handler')).toEqual(members);
  await consumer.close();
  expect(handled.verdict).toMatchObject({ duplicates: 0 });
});

it('gives a poison record to the sink, retries a temporary failure, and continues', async () => {
  const handled = new HandledRecords();
  const kept: string[] = [];
  let failures = 0;
  const consumer = await EventConsumer.start({
    connection: brokers.platform.connection,
    groupId: 'poison',
    topics: [TOPIC],
    backOff: { firstMs: 20, maxMs: 100 },
    onPermanent: ({ record }) => {
      kept.push(record.value?.toString() ?? '');
      return Promise.resolve('dead_lettered');
    },
    handle: handled.handling(({ value }, { attempt }) => {
      if (value?.toString() === '777') throw new PermanentError('cannot be decoded');
      if (value?.toString() !== '888' || attempt > 3) return;
      failures += 1;
      throw new RetriableError('registry down');
    }),
  });
  await until(() => handled.places.size === RECORDS - 1);
  await consumer.close();
  expect(kept).toEqual(['777']);
  expect(failures).toBe(3);
  expect(handled.verdict).toEqual({ outOfOrder: 0, sideBySideInKey: 0, duplicates: 0 });
  expect(await committed('poison')).toEqual(ends);
});

it('pauses without leaving the group, and continues', async () => {
  const handled = new HandledRecords();
  const consumer = await start(
    'paused',
    handled.handling(() => shortly(5)),
  );
  await until(() => handled.places.size > 100);
  expect(await consumer.pause(5_000)).toBe(true);
  const { size } = handled.places;
  const members = await membersOf('paused');
  await delay(1.2 * SESSION_MS);
  expect(handled.places.size).toBe(size);
  expect(await membersOf('paused')).toEqual(members);
  consumer.resume();
  await until(() => handled.places.size === RECORDS);
  await consumer.close();
  expect(handled.verdict).toMatchObject({ duplicates: 0 });
});

it('closes within the deadline, reports the abandoned records, and commits below them', async () => {
  const handled = new HandledRecords();
  let hasBegun = false;
  const consumer = await start(
    'hanging',
    handled.handling((record) => {
      if (!isFirst(record)) return undefined;
      hasBegun = true;
      return delay(HANGING_MS, undefined, { ref: false });
    }),
  );
  await until(() => hasBegun && handled.places.size > RECORDS / 2);
  const begin = Date.now();
  // A fifth of this time is for leaving the group.
  const closed = await consumer.close(15_000);
  expect(Date.now() - begin).toBeLessThan(HANGING_MS / 4);
  expect(closed).toEqual({ abandoned: [{ topic: TOPIC, partition: 0, offset: 0n }], hasLeft: true });
  expect((await committed('hanging')).get(0) ?? 0n).toBe(0n);
});

describe('a consumer that ends on its own', () => {
  it('reports a fatal error with an exit code, and does not commit the record', async () => {
    const consumer = await start('fatal', (record) => {
      if (isFirst(record)) throw new FatalError('no credentials');
    });
    await expect(consumer.ended).rejects.toMatchObject({ reason: 'fatal', exitCode: 3 });
    expect(consumer.isMember).toBe(false);
    expect((await committed('fatal')).get(0) ?? 0n).toBe(0n);
  });

  it('does not start when kafkajs gives up', async () => {
    const other = connectKafka(brokers.platform.connection).consumer({
      groupId: 'taken',
      partitionAssigners: [otherAssigner],
    });
    await other.connect();
    await other.subscribe({ topic: TOPIC });
    await other.run({ eachMessage: () => Promise.resolve() });
    try {
      const refused: unknown = await start('taken', () => undefined).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(ConsumerEnded);
      expect(refused).toMatchObject({ reason: 'crashed', exitCode: 5 });
    } finally {
      await other.disconnect();
    }
  });
});

/** An assigner with a protocol that no other member of the group supports. */
const otherAssigner: PartitionAssigner = () => ({
  name: 'another',
  version: 0,
  protocol: ({ topics }) => ({
    name: 'another',
    metadata: AssignerProtocol.MemberMetadata.encode({ version: 0, topics, userData: Buffer.alloc(0) }),
  }),
  assign: () => Promise.resolve([]),
});
