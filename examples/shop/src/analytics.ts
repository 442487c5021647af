import type { ConsumedRecord } from 'kafka-platform/client';
import { clients } from '../clients';
import type { Application } from './process/application';
import { retryChains } from '../topics';
import { decodeAll } from './decode-all';
import { PageViewCounts } from './page-view-counts';
import { asMember } from './running';

const chain = retryChains.analytics;
const COUNTS = 'page-view-counts';

/**
 * Counts page views by path, each exactly once. The counts of a partition of page views are written to the partition of
 * the same number, in one transaction with the committed offset. The next owner of the partition restores the counts
 * from there.
 */
export const analytics: Application = async ({ connection, registry, rackId, metrics, say }) => {
  const serde = await clients.openSerde({ registry, topics: [chain.topic, COUNTS] });
  const event = { ...serde.kind(COUNTS), source: 'analytics' };

  async function restore(partition: number): Promise<PageViewCounts> {
    const newest = new Map<string, ConsumedRecord<typeof COUNTS>>();
    const onRecord = (record: ConsumedRecord<typeof COUNTS>): void => void newest.set(String(record.key), record);
    await clients.readPartition({
      connection,
      topic: COUNTS,
      partition,
      onRecord,
      onNotice: ({ message }) => say(message),
    });
    const counts = new PageViewCounts();
    for (const count of await decodeAll(serde, [...newest.values()])) counts.set(count);
    return counts;
  }

  const transform = await clients.startTransform({
    connection,
    rackId,
    groupId: chain.group,
    topic: chain.topic,
    restore,
    transform: async (records, counts, { signal }) => {
      // All records are decoded before the first is counted: an undecodable record or an aborted call leaves the counts
      // unchanged.
      const views = await decodeAll(serde, records);
      signal.throwIfAborted();
      const partition = records[0]?.partition ?? 0;
      return counts.add(views).map((count) => ({
        topic: COUNTS,
        key: count.path,
        partition,
        value: serde.encode(COUNTS, count),
        event,
      }));
    },
    deadLetterTopic: chain.deadLetterTopic,
    metrics,
    onNotice: ({ message }) => say(message),
  });
  return asMember(transform);
};
