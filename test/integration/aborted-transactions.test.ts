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
/** Value of the only committed record of each partition, which is its last. */
const COMMITTED = 'committed';
const ZEROS = Buffer.alloc(4);

/** Contents of a partition, from transactions a and b. */
interface Case {
  readonly what: string;
  /** Records in the order of the log, from offset 0. */
  readonly records: readonly { readonly by: 'a' | 'b'; readonly value: string; readonly key?: Buffer }[];
  readonly abortedFirst: 'a' | 'b';
  /** Offset where reading starts. */
  readonly from: number;
  /** Values that unpatched kafkajs lets through. */
  readonly leaked: readonly string[];
}

/** The index of a case is its partition. */
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
  // A marker is written after the response, and the committed record must follow both.
  for (const [index, by] of ([abortedFirst, abortedFirst === 'a' ? 'b' : 'a'] as const).entries()) {
    await begun[by].abort();
    await until(async () => (await endOf(partition)) > records.length + index);
  }
  await writeOnce(connectKafka(platform.connection), TOPIC, [{ partition, value: COMMITTED }]);
}

/** End of the log, independent of open transactions. */
async function endOf(partition: number): Promise<bigint> {
  const [end] = await ask(
    platform.connection,
    listOffsets('highWatermark', [{ topic: TOPIC, partitions: [partition] }]),
  );
  return end?.offset ?? -1n;
}

/** Values of each partition that a group sees from the start offset of the case. */
class Seen {
  readonly values: readonly string[][] = CASES.map(() => []);

  readonly note = ({ partition, value }: { readonly partition: number; readonly value: Buffer | null }): void =>
    void this.values[partition]?.push(String(value));

  /** Waits for the committed record of each partition. */
  readonly all = (): Promise<void> => until(() => this.values.every((values) => values.includes(COMMITTED)));
}

const placeGroup = (groupId: string): Promise<void> =>
  withAdmin(connectKafka(platform.connection), (admin) => {
    const partitions = CASES.map(({ from }, partition) => ({ partition, offset: String(from) }));
    return admin.setOffsets({ groupId, topic: TOPIC, partitions });
  });

/** kafkajs without the patch, loaded as separate modules. */
function bareKafkajs(): typeof Kafkajs {
  let bare: typeof Kafkajs | undefined;
  jest.isolateModules(() => (bare = jest.requireActual<typeof Kafkajs>('kafkajs')));
  if (bare === undefined) throw new Error('kafkajs was not loaded');
  return bare;
}

it('kafkajs lets aborted records through, or the patch could be removed', async () => {
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

describe('aborted records are not seen', () => {
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
    'when $what',
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

  it('and are committed nevertheless', async () => {
    expect(await groupLag({ connection: platform.connection, groupId: 'patched', topic: TOPIC })).toBe(0n);
  });
});

describe('a group that has handled all records has no lag, even if aborted records are the last', () => {
  /** An additional partition, in which aborted records come last. */
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
      // The next fetch contains only aborted records.
      await abortSome();
      await until(isAtEnd, { otherwise: () => `${seen} records are handled` });
      expect(seen).toBe(before);
    } finally {
      await consumer.close();
    }
  });
});
