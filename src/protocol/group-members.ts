import type { Decoder } from './protocol';

/** Partitions by topic. */
export type Assigned = ReadonlyMap<string, ReadonlySet<number>>;

/** The number of members of a group and their partitions, or Kafka's error code. */
export interface GroupMembers {
  readonly group: string;
  readonly code: number;
  readonly members: number;
  /** Partitions of all members; incomplete during a rebalance. */
  readonly assigned: Assigned;
}

export const UUID_BYTES = 16;

export type TopicAssignment = readonly [topic: string, partitions: readonly number[]];

/** Merges the assignments of several members. */
export function together(assignments: readonly TopicAssignment[]): Assigned {
  const all = new Map<string, Set<number>>();
  for (const [topic, partitions] of assignments) {
    const known = all.get(topic) ?? new Set();
    for (const partition of partitions) known.add(partition);
    all.set(topic, known);
  }
  return all;
}

/** The assignment of a member of a group of type `consumer` or `share`. */
export function decodeAssignment(body: Decoder): readonly TopicAssignment[] {
  const topics = body.array(() => {
    const topic = body.skip(UUID_BYTES).string();
    const partitions = body.array(() => body.int32());
    body.skipTags();
    return [topic, partitions] as const;
  });
  body.skipTags();
  return topics;
}
