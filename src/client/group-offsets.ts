import type { Admin } from 'kafkajs';

/** A consumer group and one topic of it. */
interface GroupTopic {
  readonly groupId: string;
  readonly topic: string;
}

/**
 * Where a group goes on, by partition; one in which it has committed nothing is not among them.
 * @throws when the coordinator does not answer
 */
export async function groupOffsets(admin: Admin, { groupId, topic }: GroupTopic): Promise<ReadonlyMap<number, bigint>> {
  const [answer] = await admin.fetchOffsets({ groupId, topics: [topic] });
  const all = answer?.partitions.map(({ partition, offset }) => [partition, BigInt(offset)] as const) ?? [];
  return new Map(all.filter(([, offset]) => offset >= 0n));
}
