import { rmSync } from 'node:fs';
import type * as Kafkajs from 'kafkajs';
import { EventConsumer } from '../../src/client/consumer/event-consumer';
import { quietKafka, withAdmin, withProducer } from '../../src/client/quiet-kafka';
import type { LocalPlatform } from '../../src/embedded/local-platform';
import { applyTopics } from '../../src/topics/apply';
import { catalogue } from '../../src/topics/catalogue';
import { oneBroker, startPlatform, temporaryDirectory } from '../support/local-platform';
import { readCommitted } from '../support/read-committed';
import { until } from '../support/until';

const TOPIC = 'platform-smoke';
/** Of the one record of each partition that is committed, and its last. */
const COMMITTED = 'committed';

const directory = temporaryDirectory();
const config = oneBroker(directory, { topics: catalogue.filter(({ name }) => name === TOPIC) });
let platform: LocalPlatform;

beforeAll(async () => {
  platform = await startPlatform(config);
  await applyTopics({ bootstrap: platform.bootstrap, topics: config.topics });
});

afterAll(async () => {
  await platform.stop();
  rmSync(directory, { recursive: true });
});

/** A record of an aborted transaction. */
interface Lost {
  /** The transaction's; those that are named first end first. */
  readonly by: 'a' | 'b';
  readonly value: string;
  readonly key?: Buffer;
}

/** Writes them in their order, each at the offset of its index, then aborts all, then writes what is committed. */
async function writeLost(partition: number, records: readonly Lost[], ending: readonly Lost['by'][]): Promise<void> {
  const kafka = quietKafka(platform.bootstrap);
  const producers = ending.map((by) => [by, kafka.producer({ transactionalId: `${by}-${partition}` })] as const);
  const transactions = new Map<string, Kafkajs.Transaction>();
  for (const [by, producer] of producers) {
    await producer.connect();
    transactions.set(by, await producer.transaction());
  }
  for (const { by, value, key = null } of records)
    await transactions.get(by)?.send({ topic: TOPIC, messages: [{ partition, key, value }] });
  for (const by of ending) await transactions.get(by)?.abort();
  for (const [, producer] of producers) await producer.disconnect();
  await withProducer(kafka.producer(), (producer) =>
    producer.send({ topic: TOPIC, messages: [{ partition, value: COMMITTED }] }),
  );
}

/** A group that goes on from there. */
async function groupAt(groupId: string, partition: number, offset: number): Promise<string> {
  const { partitions = 0 } = config.topics[0] ?? {};
  // Of the other partitions it reads nothing.
  const offsets = Array.from({ length: partitions }, (_, each) => ({
    partition: each,
    offset: each === partition ? String(offset) : '1000',
  }));
  await withAdmin(quietKafka(platform.bootstrap), (admin) =>
    admin.setOffsets({ groupId, topic: TOPIC, partitions: offsets }),
  );
  return groupId;
}
