import type { KafkaConnection } from '../../src/protocol/connection';
import { connectKafka, withAdmin } from '../../src/client/kafka-client';
import { KafkaError, type Request } from '../../src/protocol/request';
import { askCoordinator, takenCommit } from './modern-member';
import { until } from './until';

interface Offsets {
  readonly groupId: string;
  readonly topic: string;
  readonly partitions: readonly { readonly partition: number; readonly offset: string }[];
}

/** Kafka's error codes while a coordinator is elected or loads: not available, loading, not the coordinator. */
const LATER = [14, 15, 16];

/**
 * Commits offsets for a group without members, like Kafka's tool. kafkajs would need a fetching member, which takes
 * five seconds.
 */
export async function setOffsets(connection: KafkaConnection, offsets: Offsets): Promise<void> {
  const { groupId, topic } = offsets;
  await until(async () => {
    try {
      // Makes the brokers create the offsets topic if this is the first group.
      await withAdmin(connectKafka(connection), (admin) => admin.fetchOffsets({ groupId, topics: [topic] }));
      await askCoordinator(connection, commit(offsets));
      return true;
    } catch (error) {
      if (error instanceof KafkaError && !LATER.includes(error.code)) throw error;
      return false;
    }
  });
}

/** OffsetCommit v8 without a member. */
const commit = ({ groupId, topic, partitions }: Offsets): Request<void> => ({
  apiKey: 8,
  version: 8,
  encode: (body) => {
    body.string(groupId).int32(-1).string('').string(null);
    body.array([topic], (name) => {
      body.string(name);
      body.array(
        partitions,
        ({ partition, offset }) => void body.int32(partition).int64(BigInt(offset)).int32(-1).string(null).noTags(),
      );
      body.noTags();
    });
    body.noTags();
  },
  decode: takenCommit,
});
