import type { Admin } from 'kafkajs';
import { committedPosition, type CommittedPosition } from './positions/committed-position';

/** A consumer group and one of its topics. */
interface GroupTopic {
  readonly groupId: string;
  readonly topic: string;
}

/**
 * The positions that a group has committed in a topic, with the log that they refer to, by partition. Partitions
 * without a committed offset are omitted.
 * @throws if the coordinator does not answer
 */
export async function groupPositions(
  admin: Admin,
  { groupId, topic }: GroupTopic,
): Promise<ReadonlyMap<number, CommittedPosition>> {
  const [answer] = await admin.fetchOffsets({ groupId, topics: [topic] });
  return new Map(
    answer?.partitions.flatMap((each) => {
      const position = committedPosition(each);
      return position === undefined ? [] : [[each.partition, position] as const];
    }),
  );
}

/** The offsets of {@link groupPositions}. */
export async function groupOffsets(admin: Admin, which: GroupTopic): Promise<ReadonlyMap<number, bigint>> {
  const positions = await groupPositions(admin, which);
  return new Map([...positions].map(([partition, { offset }]) => [partition, offset]));
}
