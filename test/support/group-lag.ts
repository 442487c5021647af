import { groupOffsets } from '../../src/client/group-offsets';
import { quietKafka, withAdmin } from '../../src/client/quiet-kafka';
import type { TopicName } from '../../src/topics/catalogue';

interface Reading {
  readonly bootstrap: readonly string[];
  readonly groupId: string;
  readonly topic: TopicName;
}

/** How far the commits of a group are behind the end of a topic, all partitions together. */
export const groupLag = ({ bootstrap, groupId, topic }: Reading): Promise<bigint> =>
  withAdmin(quietKafka(bootstrap), async (admin) => {
    const committed = await groupOffsets(admin, { groupId, topic });
    const ends = await admin.fetchTopicOffsets(topic);
    const from = (partition: number, low: string): bigint => committed.get(partition) ?? BigInt(low);
    return ends.reduce((sum, { partition, low, high }) => sum + BigInt(high) - from(partition, low), 0n);
  });
