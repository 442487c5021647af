import type { PartitionSnapshot, TopicSnapshot } from './snapshot';

/** What stands for an offset, and for a lag, where a group has committed nothing; known to dashboards. */
const UNCOMMITTED = -1n;

export interface PartitionLag {
  readonly partition: number;
  /** -1 when the group has committed none here. */
  readonly currentOffset: bigint;
  /** -1 when the group has committed none here; nothing while the end of the log is unknown. */
  readonly lag: bigint | undefined;
}

/** How far a group is behind on a topic. */
export interface TopicLag {
  readonly partitions: readonly PartitionLag[];
  /** Over all partitions with a commit. */
  readonly currentOffsetSum: bigint;
  /** Over all partitions with a commit and a known lag; nothing when there is none. */
  readonly lagSum: bigint | undefined;
}

/**
 * Records that a group still has to read. A topic on which it has committed at least once is shown with all of its
 * partitions. Where it has committed nothing, lag depends on the reset policy, which only its consumers know: -1, which
 * is part of no sum.
 * @returns nothing when the group has no commit on a partition that exists
 */
export function topicLag({ partitions }: TopicSnapshot, committed: ReadonlyMap<number, bigint>): TopicLag | undefined {
  const all = partitions.map((partition) => partitionLag(partition, committed.get(partition.partition)));
  const known = all.filter(({ currentOffset }) => currentOffset !== UNCOMMITTED);
  if (known.length === 0) return undefined;
  const lags = known.flatMap(({ lag }) => (lag === undefined ? [] : [lag]));
  return {
    partitions: all,
    currentOffsetSum: sum(known.map(({ currentOffset }) => currentOffset)),
    lagSum: lags.length === 0 ? undefined : sum(lags),
  };
}

function partitionLag({ partition, log }: PartitionSnapshot, commit = UNCOMMITTED): PartitionLag {
  const currentOffset = commit < 0n ? UNCOMMITTED : commit;
  if (log === undefined) return { partition, currentOffset, lag: undefined };
  if (currentOffset === UNCOMMITTED) return { partition, currentOffset, lag: UNCOMMITTED };
  // Deleted records are no longer to be read, and a topic that was made anew may end before the commit.
  const next = larger(currentOffset, log.start);
  return { partition, currentOffset, lag: larger(log.lastStable - next, 0n) };
}

const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
