import { randomUUID } from 'node:crypto';
import { consumedRecord, type ConsumedRecord } from '../../src/client/consumer/record';
import { quietKafka, withAdmin } from '../../src/client/quiet-kafka';
import type { TopicName } from '../../src/topics/catalogue';

/** Fetches of a broker that bring nothing, after which there is nothing. */
const EMPTY_FETCHES = 2;

/** All that readers of committed records see of a topic by now, each partition in the order of its log. */
export async function readCommitted(
  bootstrap: readonly string[],
  topic: TopicName,
): Promise<readonly ConsumedRecord[]> {
  const kafka = quietKafka(bootstrap);
  const leaders = await withAdmin(kafka, async (admin) => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return new Set(topics[0]?.partitions.map(({ leader }) => leader));
  });
  const groupId = `reader-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100 });
  const records: ConsumedRecord[] = [];
  const idle = new Map([...leaders].map((leader) => [leader, 0]));
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  consumer.on(consumer.events.FETCH, ({ payload }) => {
    const nodeId = Number((payload as unknown as { nodeId: string }).nodeId);
    idle.set(nodeId, (idle.get(nodeId) ?? 0) + 1);
    if ([...leaders].every((leader) => (idle.get(leader) ?? 0) > EMPTY_FETCHES)) finish();
  });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachBatch: ({ batch: { partition, messages } }) => {
      for (const leader of leaders) idle.set(leader, 0);
      for (const message of messages) records.push(consumedRecord({ topic, partition }, message));
      return Promise.resolve();
    },
  });
  await finished;
  await consumer.disconnect();
  await withAdmin(kafka, (admin) => admin.deleteGroups([groupId])).catch(() => undefined);
  return records;
}
