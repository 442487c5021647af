import type { GroupSnapshot } from './read-groups';
import { logKey, type LogOffsets } from './read-logs';
import type { PartitionSnapshot, TopicSnapshot } from './snapshot';

/** Value of unknown offsets and lags, which dashboards know. */
const UNKNOWN = -1n;

export interface PartitionLag {
  readonly partition: number;
  /** The committed offset; -1 if the group has not committed an offset for the partition. */
  readonly currentOffset: bigint;
  /** -1 if the lag cannot be determined; undefined while the end of the log is unknown. */
  readonly lag: bigint | undefined;
}

/** The lag of a group on one topic. */
export interface TopicLag {
  readonly topic: string;
  readonly partitions: readonly PartitionLag[];
  /** Sum over all partitions with a committed offset; undefined if there is none. */
  readonly currentOffsetSum: bigint | undefined;
  /** Sum over all partitions with a known lag; undefined if there is none. */
  readonly lagSum: bigint | undefined;
}

/** The next offset that a group reads from a partition. */
export interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

/**
 * Number of unread records of a group, for each existing topic on which the group has a committed offset or an assigned
 * partition. Such a topic is reported with all of its partitions.
 *
 * Without a committed offset, a member is assumed to read from the start of the log; with the reset policy `latest` it
 * reads less until its first commit. Without a member and without a committed offset, the lag is -1 and not part of any
 * sum. Records that a `read_committed` consumer never sees are not counted. Share groups have no single position; their
 * lag is the value that their coordinator reports.
 */
export function groupLags(group: GroupSnapshot, topicOf: ReadonlyMap<string, TopicSnapshot>): readonly TopicLag[] {
  const names = new Set([...group.committed.keys(), ...group.assigned.keys()]);
  return [...names].flatMap((name) => {
    const topic = topicOf.get(name);
    const lag = topic && topicLag(group, topic);
    return lag === undefined ? [] : [lag];
  });
}

/** Positions of a group in all partitions with known logs. Empty for a group whose coordinator reports the lag. */
export function positions(group: GroupSnapshot, logs: ReadonlyMap<string, LogOffsets>): readonly Position[] {
  if (group.lags !== undefined) return [];
  const names = new Set([...group.committed.keys(), ...group.assigned.keys()]);
  return [...names].flatMap((topic) => {
    const committed = group.committed.get(topic) ?? new Map<number, bigint>();
    const partitions = new Set([...committed.keys(), ...(group.assigned.get(topic) ?? [])]);
    return [...partitions].flatMap((partition) => {
      const log = logs.get(logKey(topic, partition));
      const offset = log && nextOffset(group, { topic, partition, log });
      return offset === undefined ? [] : [{ topic, partition, offset }];
    });
  });
}

function topicLag(group: GroupSnapshot, { name, partitions }: TopicSnapshot): TopicLag | undefined {
  const own = partitions.map((partition) => partitionLag(group, name, partition));
  const commits = own.flatMap(({ currentOffset }) => (currentOffset === UNKNOWN ? [] : [currentOffset]));
  const isRead = partitions.some(({ partition }) => group.assigned.get(name)?.has(partition) === true);
  if (commits.length === 0 && !isRead) return undefined;
  const lags = own.flatMap(({ lag }) => (lag === undefined || lag === UNKNOWN ? [] : [lag]));
  return { topic: name, partitions: own, currentOffsetSum: sum(commits), lagSum: sum(lags) };
}

function partitionLag(group: GroupSnapshot, topic: string, snapshot: PartitionSnapshot): PartitionLag {
  const { partition, log, passedOver } = snapshot;
  const currentOffset = commitOf(group, { topic, partition }) ?? UNKNOWN;
  if (group.lags !== undefined)
    return { partition, currentOffset, lag: group.lags.get(topic)?.get(partition) ?? UNKNOWN };
  if (log === undefined) return { partition, currentOffset, lag: undefined };
  const offset = nextOffset(group, { topic, partition, log });
  if (offset === undefined) return { partition, currentOffset, lag: UNKNOWN };
  // The log of a recreated topic may end before the committed offset.
  return { partition, currentOffset, lag: larger(log.lastStable - (passedOver?.get(offset) ?? offset), 0n) };
}

type Place = Pick<Position, 'topic' | 'partition'>;

function commitOf({ committed }: GroupSnapshot, { topic, partition }: Place): bigint | undefined {
  const offset = committed.get(topic)?.get(partition);
  return offset === undefined || offset < 0n ? undefined : offset;
}

/** Deleted records are not counted: the next offset is at least the start of the log. */
function nextOffset(
  group: GroupSnapshot,
  { topic, partition, log }: Place & { readonly log: LogOffsets },
): bigint | undefined {
  const committed = commitOf(group, { topic, partition });
  if (committed !== undefined) return larger(committed, log.start);
  return group.assigned.get(topic)?.has(partition) === true ? log.start : undefined;
}

const sum = (values: readonly bigint[]): bigint | undefined =>
  values.length === 0 ? undefined : values.reduce((total, value) => total + value, 0n);

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
