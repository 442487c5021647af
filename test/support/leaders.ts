import { quietKafka, withAdmin } from '../../src/client/quiet-kafka';
import type { TopicName } from '../../src/topics/catalogue';

/** The broker that leads each partition of a topic. */
export const leadersOf = (bootstrap: readonly string[], topic: TopicName): Promise<ReadonlyMap<number, number>> =>
  withAdmin(quietKafka(bootstrap), async (admin) => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const partitions = topics[0]?.partitions ?? [];
    return new Map(partitions.map(({ partitionId, leader }) => [partitionId, leader]));
  });
