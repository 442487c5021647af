import { Kafka, logLevel, type Admin } from 'kafkajs';
import { retryGroup, retryTopic, type KafkaConnection } from 'kafka-platform/client';
import type { ApplicationInput } from 'kafka-platform/config';
import { applications } from '../applications';
import { retryChains } from '../topics';

const { topic, group, delays } = retryChains.inventory;
/** The topics that the applications consume, by group. Each retry topic is read by a separate group. */
const GROUPS: readonly { readonly groupId: string; readonly topic: string; readonly unread: bigint }[] = [
  ...Object.values<ApplicationInput>(applications).flatMap(({ group: groupId, reads: [read] = [] }) =>
    groupId === undefined || read === undefined ? [] : [{ groupId, topic: read, unread: 0n }],
  ),
  // The marker of the last transaction may remain uncommitted.
  ...delays.map((delay) => ({ groupId: retryGroup(group, delay), topic: retryTopic(topic, group, delay), unread: 1n })),
];

/** Groups of the applications with uncommitted records, and their number. */
export async function behind({ bootstrapServers, clientId }: KafkaConnection): Promise<readonly string[]> {
  const admin = new Kafka({ brokers: [...bootstrapServers], clientId, logLevel: logLevel.NOTHING }).admin();
  try {
    await admin.connect();
    const found: string[] = [];
    // One after the other: what is still asked for when another question fails would connect again after the end.
    for (const group of GROUPS) {
      const count = await openPartitions(admin, group);
      if (count > 0) found.push(`${group.groupId}: ${count} partitions of ${group.topic}`);
    }
    return found;
  } finally {
    await admin.disconnect();
  }
}

/** Number of partitions with more unread records than allowed. */
async function openPartitions(
  admin: Admin,
  { groupId, topic: read, unread }: (typeof GROUPS)[number],
): Promise<number> {
  const [answer] = await admin.fetchOffsets({ groupId, topics: [read] });
  const committed = new Map(answer?.partitions.map(({ partition, offset }) => [partition, BigInt(offset)]));
  const ends = await admin.fetchTopicOffsets(read);
  return ends.filter(({ partition, low, high }) => {
    const offset = committed.get(partition) ?? -1n;
    return BigInt(high) - (offset < 0n ? BigInt(low) : offset) > unread;
  }).length;
}
