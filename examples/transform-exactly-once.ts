import type { ConsumedRecord, KafkaConnection } from 'kafka-platform/client';
import { clients, type EventOf } from './catalogue/clients';
import { retryChains } from './catalogue/topics';

const { topic: VIEWS, group, deadLetterTopic } = retryChains.analytics;
const COUNTS = 'page-view-counts';
type Cluster = Readonly<{ connection: KafkaConnection; registry: string }>;
type Counts = Map<string, EventOf<typeof COUNTS>>;

/**
 * Counts each page view exactly once, even while members of the group join, leave and fail. @returns the transform,
 * which must be closed
 */
export async function transformExactlyOnce({ connection, registry }: Cluster) {
  const serde = await clients.openSerde({ registry, topics: [VIEWS, COUNTS] });
  return clients.startTransform<typeof VIEWS, Counts>({
    connection,
    groupId: group,
    topic: VIEWS,
    deadLetterTopic,
    restore: async (partition) => {
      const written: ConsumedRecord<typeof COUNTS>[] = [];
      const onRecord = (record: ConsumedRecord<typeof COUNTS>) => written.push(record);
      await clients.readPartition({ connection, topic: COUNTS, partition, onRecord });
      const counts: Counts = new Map();
      for (const { value } of written) {
        const count = await serde.decode(COUNTS, value);
        counts.set(count.path, count);
      }
      return counts;
    },
    transform: async (records, counts) => {
      const views: (EventOf<typeof VIEWS> & { readonly partition: number })[] = [];
      // All records are decoded before the first is counted: an error must leave the counts unchanged.
      for (const { partition, value } of records) views.push({ ...(await serde.decode(VIEWS, value)), partition });
      return views.map(({ path, viewedAt: lastViewedAt, partition }) => {
        const count = { path, views: (counts.get(path)?.views ?? 0) + 1, lastViewedAt };
        counts.set(path, count);
        return { topic: COUNTS, partition, key: path, value: serde.encode(COUNTS, count) };
      });
    },
  });
}
