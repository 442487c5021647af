import type { KafkaConnection } from '../../src/protocol/connection';
import { connectKafka, withAdmin } from '../../src/client/kafka-client';

/** The leader of each partition of a topic. */
export const leadersOf = (connection: KafkaConnection, topic: string): Promise<ReadonlyMap<number, number>> =>
  withAdmin(connectKafka(connection), async (admin) => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const partitions = topics[0]?.partitions ?? [];
    return new Map(partitions.map(({ partitionId, leader }) => [partitionId, leader]));
  });
