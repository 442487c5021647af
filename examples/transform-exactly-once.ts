import type { ConsumedRecord } from '../src/client/consumer/record';
import { ExactlyOnceTransform } from '../src/client/exactly-once/exactly-once-transform';
import { readPartition } from '../src/client/log/read-partition';
import { EventSerde } from '../src/client/serde/event-serde';
import type { EventOf } from '../src/schemas/events';
import { retryChains } from '../src/topics/catalogue';

const { topic: VIEWS, group, deadLetterTopic } = retryChains.analytics;
const COUNTS = 'page-view-counts';
type Counts = Map<string, EventOf<typeof COUNTS>>;

/** Counts each view of a page once, also while members come, go and die. @returns what has to be closed */
export async function transformExactlyOnce(props: {
  readonly bootstrap: readonly string[];
  readonly registry: string;
}) {
  const { bootstrap, registry } = props;
  const serde = await EventSerde.open({ registry, topics: [VIEWS, COUNTS] });
  return ExactlyOnceTransform.start<typeof VIEWS, Counts>({
    bootstrap,
    groupId: group,
    topic: VIEWS,
    deadLetterTopic,
    restore: async (partition) => {
      const written: ConsumedRecord<typeof COUNTS>[] = [];
      await readPartition({ bootstrap, topic: COUNTS, partition, onRecord: (record) => written.push(record) });
      const counts: Counts = new Map();
      for (const { value } of written) {
        const count = await serde.decode(COUNTS, value);
        counts.set(count.path, count);
      }
      return counts;
    },
    transform: async (records, counts) => {
      const views: (EventOf<typeof VIEWS> & { readonly partition: number })[] = [];
      // All are read before the first is counted: what throws must leave the counts as they were.
      for (const { partition, value } of records) views.push({ ...(await serde.decode(VIEWS, value)), partition });
      return views.map(({ path, viewedAt: lastViewedAt, partition }) => {
        const count = { path, views: (counts.get(path)?.views ?? 0) + 1, lastViewedAt };
        counts.set(path, count);
        return { topic: COUNTS, partition, key: path, value: serde.encode(COUNTS, count) };
      });
    },
  });
}
