import type { ConsumedRecord } from '../client/consumer/record';
import { ExactlyOnceTransform } from '../client/exactly-once/exactly-once-transform';
import { readPartition } from '../client/log/read-partition';
import { eventKind } from '../client/serde/event-kind';
import { EventSerde } from '../client/serde/event-serde';
import type { Sample } from '../service/sample';
import { retryChains } from '../topics/catalogue';
import { decodeAll } from './decode-all';
import { PageViewCounts } from './page-view-counts';
import { asMember } from './running';

const chain = retryChains.analytics;
const COUNTS = 'page-view-counts';

/**
 * Counts page views by path, each of them exactly once. The counts of a partition of views stand in the partition of the
 * same number, written in one transaction with the place up to which views are counted: whoever gets the partition next
 * reads there how far it was counted.
 */
export const analytics: Sample = async ({ bootstrap, registry, metrics }) => {
  const serde = await EventSerde.open({ registry, topics: [chain.topic, COUNTS] });
  const event = { ...eventKind(COUNTS), source: 'analytics' };

  async function restore(partition: number): Promise<PageViewCounts> {
    const newest = new Map<string, ConsumedRecord<typeof COUNTS>>();
    const onRecord = (record: ConsumedRecord<typeof COUNTS>): void => void newest.set(String(record.key), record);
    await readPartition({ bootstrap, topic: COUNTS, partition, onRecord });
    const counts = new PageViewCounts();
    for (const count of await decodeAll(serde, [...newest.values()])) counts.set(count);
    return counts;
  }

  const transform = await ExactlyOnceTransform.start({
    bootstrap,
    groupId: chain.group,
    topic: chain.topic,
    restore,
    transform: async (records, counts, { signal }) => {
      // All are read before one is counted: a record that cannot be read, or a call that is over, leaves the counts as they were.
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
  });
  return asMember(transform);
};
