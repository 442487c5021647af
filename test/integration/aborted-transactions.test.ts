import { rmSync } from 'node:fs';
import type * as Kafkajs from 'kafkajs';
import { EventConsumer } from '../../src/client/consumer/event-consumer';
import { readPartition } from '../../src/client/log/read-partition';
import { quietKafka, withAdmin, withProducer } from '../../src/client/quiet-kafka';
import type { LocalPlatform } from '../../src/embedded/local-platform';
import { applyTopics } from '../../src/topics/apply';
import { catalogue } from '../../src/topics/catalogue';
import { listOffsets } from '../../src/wire/list-offsets';
import { ask } from '../../src/wire/request';
import { groupLag } from '../support/group-lag';
import { oneBroker, startPlatform, temporaryDirectory } from '../support/local-platform';
import { until } from '../support/until';

const TOPIC = 'platform-smoke';
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
const config = oneBroker(directory, { topics: catalogue.filter(({ name }) => name === TOPIC) });
let platform: LocalPlatform;

beforeAll(async () => {
  platform = await startPlatform(config);
  await applyTopics({ bootstrap: platform.bootstrap, topics: config.topics });
  for (const [partition, one] of CASES.entries()) await write(partition, one);
});

afterAll(async () => {
  await platform.stop();
  rmSync(directory, { recursive: true });
});

async function begin(by: 'a' | 'b') {
  const producer = quietKafka(platform.bootstrap).producer({ transactionalId: by, idempotent: true });
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
  await withProducer(quietKafka(platform.bootstrap).producer(), (producer) =>
    producer.send({ topic: TOPIC, messages: [{ partition, value: COMMITTED }] }),
  );
}

/** Of the log, whatever transactions are open. */
async function endOf(partition: number): Promise<bigint> {
  const [end] = await ask(
    platform.bootstrap,
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
  withAdmin(quietKafka(platform.bootstrap), (admin) => {
    const partitions = CASES.map(({ from }, partition) => ({ partition, offset: String(from) }));
    return admin.setOffsets({ groupId, topic: TOPIC, partitions });
  });

/** As nobody has mended it: modules of its own. */
function bareKafkajs(): typeof Kafkajs {
  let bare: typeof Kafkajs | undefined;
  jest.isolateModules(() => (bare = jest.requireActual<typeof Kafkajs>('kafkajs')));
  if (bare === undefined) throw new Error('kafkajs was not loaded');
  return bare;
}

it('is let through by kafkajs, or the remedy could go', async () => {
  const { Kafka, logLevel } = bareKafkajs();
  await placeGroup('bare');
  const consumer = new Kafka({ brokers: [...platform.bootstrap], logLevel: logLevel.NOTHING }).consumer({
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
    await placeGroup('mended');
    const consumer = await EventConsumer.start({
      bootstrap: platform.bootstrap,
      groupId: 'mended',
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
        bootstrap: platform.bootstrap,
        topic: TOPIC,
        partition,
        from: BigInt(from),
        onRecord: ({ value }) => read.push(String(value)),
      });
      expect(read).toEqual([COMMITTED]);
    },
  );

  it('and is committed all the same', async () => {
    expect(await groupLag({ bootstrap: platform.bootstrap, groupId: 'mended', topic: TOPIC })).toBe(0n);
  });
});
