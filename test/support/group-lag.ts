import type { KafkaConnection } from '../../src/protocol/connection';
import { groupOffsets } from '../../src/client/group-offsets';
import { connectKafka, withAdmin } from '../../src/client/kafka-client';

interface Reading {
  readonly connection: KafkaConnection;
  readonly groupId: string;
  readonly topic: string;
}

/** The lag of a group's committed offsets behind the end of a topic, summed over all partitions. */
export const groupLag = ({ connection, groupId, topic }: Reading): Promise<bigint> =>
  withAdmin(connectKafka(connection), async (admin) => {
    const committed = await groupOffsets(admin, { groupId, topic });
    const ends = await admin.fetchTopicOffsets(topic);
    const from = (partition: number, low: string): bigint => committed.get(partition) ?? BigInt(low);
    return ends.reduce((sum, { partition, low, high }) => sum + BigInt(high) - from(partition, low), 0n);
  });
