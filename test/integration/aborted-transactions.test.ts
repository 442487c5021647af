import { rmSync } from 'node:fs';
import type * as Kafkajs from 'kafkajs';
import { EventConsumer } from '../../src/client/consumer/event-consumer';
import { ExactlyOnceTransform } from '../../src/client/exactly-once/exactly-once-transform';
import { readPartition } from '../../src/client/log/read-partition';
import { connectKafka, withAdmin } from '../../src/client/kafka-client';
import type { LocalPlatform } from '../../src/local/local-platform';
import { applyTopics } from '../../src/components/topics/apply';
import { smokeTopic } from '../../src/smoke/topic';
import { listOffsets } from '../../src/protocol/list-offsets';
import { ask } from '../../src/protocol/request';
import { groupLag } from '../support/group-lag';
import { discard, oneBroker, startPlatform, temporaryDirectory } from '../../tools/support/local-platform';
import { until } from '../support/until';
import { writeOnce } from '../support/write-once';

const TOPIC = smokeTopic.name;
/** The value of the one record of each partition that counts, and its last. */
const COMMITTED = 'committed';
const ZEROS = Buffer.alloc(4);

/** What stands in a partition, of transactions a and b. */
interface Case {
  readonly what: string;
  /** In the order of the log, from offset 0 on. */
  readonly records: readonly { readonly by: 'a' | 'b'; readonly value: string; readonly key?: Buffer }[];
  readonly abortedFirst: 'a' | 'b';
  /** Where it is read from. */
  readonly from: number;
  /** What kafkajs lets through. */
  readonly leaked: readonly string[];
}

/** Each has the partition of its index. */
const CASES: readonly Case[] = [
  {
    what: 'two overlap where the reader begins',
    records: [
      { by: 'a', value: 'a1' },
      { by: 'b', value: 'b1' },
      { by: 'b', value: 'b2' },
      { by: 'a', value: 'a2' },
    ],
    abortedFirst: 'a',
    from: 2,
    leaked: ['b2'],
  },
  {
    what: 'the one that began last ends first',
    records: [
      { by: 'a', value: 'a1' },
      { by: 'b', value: 'b1' },
    ],
    abortedFirst: 'b',
    from: 0,
    leaked: ['a1'],
  },
  {
    what: 'a key looks like the marker of an abort',
    records: [
      { by: 'a', value: 'a1', key: ZEROS },
      { by: 'a', value: 'a2' },
      { by: 'b', value: 'b1' },
    ],
    abortedFirst: 'a',
    from: 0,
    leaked: ['a1', 'a2'],
  },
];

const directory = temporaryDirectory();
const config = oneBroker(directory, { topics: [smokeTopic] });
let platform: LocalPlatform;

beforeAll(async () => {
  platform = await startPlatform(config);
  await applyTopics({ connection: platform.connection, topics: config.topics });
  for (const [partition, one] of CASES.entries()) await write(partition, one);
});

afterAll(async () => {
  await discard(platform);
  rmSync(directory, { recursive: true });
});

async function begin(by: 'a' | 'b') {
  const producer = connectKafka(platform.connection).producer({ transactionalId: by, idempotent: true });
  await producer.connect();
  const transaction = await producer.transaction();
  const abort = async (): Promise<void> => {
    await transaction.abort();
    await producer.disconnect();
  };
  return { transaction, abort };
}

async function write(partition: number, { records, abortedFirst }: Case): Promise<void> {
  const begun = { a: await begin('a'), b: await begin('b') };
  for (const { by, value, key = null } of records)
    await begun[by].transaction.send({ topic: TOPIC, messages: [{ partition, key, value }] });
  await begun[abortedFirst].abort();
  // Its marker is written after the answer.
  await until(async () => (await endOf(partition)) > records.length);
  await begun[abortedFirst === 'a' ? 'b' : 'a'].abort();
  await writeOnce(connectKafka(platform.connection), TOPIC, [{ partition, value: COMMITTED }]);
}

/** Of the log, whatever transactions are open. */
async function endOf(partition: number): Promise<bigint> {
  const [end] = await ask(
    platform.connection,
    listOffsets('highWatermark', [{ topic: TOPIC, partitions: [partition] }]),
  );
  return end?.offset ?? -1n;
}

/** Notes the values of each partition as a group sees them that begins where the cases say. */
class Seen {
  readonly values: readonly string[][] = CASES.map(() => []);

  readonly note = ({ partition, value }: { readonly partition: number; readonly value: Buffer | null }): void =>
    void this.values[partition]?.push(String(value));

  /** Waits for what is committed in each partition. */
  readonly all = (): Promise<void> => until(() => this.values.every((values) => values.includes(COMMITTED)));
}

const placeGroup = (groupId: string): Promise<void> =>
  withAdmin(connectKafka(platform.connection), (admin) => {
    const partitions = CASES.map(({ from }, partition) => ({ partition, offset: String(from) }));
    return admin.setOffsets({ groupId, topic: TOPIC, partitions });
  });

/** As it is without the patch: modules of its own. */
function bareKafkajs(): typeof Kafkajs {
  let bare: typeof Kafkajs | undefined;
  jest.isolateModules(() => (bare = jest.requireActual<typeof Kafkajs>('kafkajs')));
  if (bare === undefined) throw new Error('kafkajs was not loaded');
  return bare;
}

it('is let through by kafkajs, or the remedy could go', async () => {
  const { Kafka, logLevel } = bareKafkajs();
  await placeGroup('bare');
  const consumer = new Kafka({
    brokers: [...platform.connection.bootstrapServers],
    logLevel: logLevel.NOTHING,
  }).consumer({
    groupId: 'bare',
    readUncommitted: false,
  });
  const seen = new Seen();
  await consumer.subscribe({ topic: TOPIC, fromBeginning: true });
  await consumer.run({
    eachMessage: ({ partition, message: { value } }) => {
      seen.note({ partition, value });
      return Promise.resolve();
    },
  });
  await seen.all();
  await consumer.disconnect();
  expect(seen.values).toEqual(CASES.map(({ leaked }) => [...leaked, COMMITTED]));
});

describe('what was aborted is not seen', () => {
  const seen = new Seen();

  beforeAll(async () => {
    await placeGroup('patched');
    const consumer = await EventConsumer.start({
      connection: platform.connection,
      groupId: 'patched',
      topics: [TOPIC],
      handle: seen.note,
    });
    await seen.all();
    await consumer.close();
  });

  it.each(CASES.map(({ what, from }, partition) => ({ what, from, partition })))(
    'where $what',
    async ({ partition, from }) => {
      expect(seen.values[partition]).toEqual([COMMITTED]);
      const read: string[] = [];
      await readPartition({
        connection: platform.connection,
        topic: TOPIC,
        partition,
        from: BigInt(from),
        onRecord: ({ value }) => read.push(String(value)),
      });
      expect(read).toEqual([COMMITTED]);
    },
  );

  it('and is committed all the same', async () => {
    expect(await groupLag({ connection: platform.connection, groupId: 'patched', topic: TOPIC })).toBe(0n);
  });
});

describe('a group that has handled everything is at the end, though aborted records are the last', () => {
  /** Of all cases; in it the aborted records come last. */
  const PARTITION = CASES.length;
  const HANDLED = 20;

  beforeAll(async () => {
    await writeOnce(connectKafka(platform.connection), TOPIC, some(HANDLED));
    await abortSome();
  });

  const some = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ partition: PARTITION, value: String(index) }));

  async function abortSome(): Promise<void> {
    const { transaction, abort } = await begin('a');
    await transaction.send({ topic: TOPIC, messages: some(700) });
    await abort();
  }

  it.each<
    readonly [string, (groupId: string, seen: (count: number) => void) => Promise<{ close(): Promise<unknown> }>]
  >([
    [
      'EventConsumer',
      (groupId, seen) =>
        EventConsumer.start({ connection: platform.connection, groupId, topics: [TOPIC], handle: () => seen(1) }),
    ],
    [
      'ExactlyOnceTransform',
      (groupId, seen) =>
        ExactlyOnceTransform.start({
          connection: platform.connection,
          groupId,
          topic: TOPIC,
          restore: () => Promise.resolve(undefined),
          transform: (records) => {
            seen(records.length);
            return [];
          },
        }),
    ],
  ])('%s', async (name, start) => {
    let seen = 0;
    const groupId = `idle-${name}`;
    const isAtEnd = async (): Promise<boolean> =>
      (await groupLag({ connection: platform.connection, groupId, topic: TOPIC })) === 0n;
    const consumer = await start(groupId, (count) => void (seen += count));
    try {
      await until(isAtEnd, { otherwise: () => `${seen} records are handled` });
      const before = seen;
      // What is fetched now holds nothing else.
      await abortSome();
      await until(isAtEnd, { otherwise: () => `${seen} records are handled` });
      expect(seen).toBe(before);
    } finally {
      await consumer.close();
    }
  });
});
