import { FOREVER, hours, type Milliseconds } from '../validation/units';
import type { Target } from './chains';
import type { PartitionDeadLetters } from './read-dead-letters';

/**
 * Records older than the retention time are deleted within minutes. Copies must have at least this time left for their
 * readers.
 */
const TIME_TO_READ = hours(1);

/** Dead letter records of one partition, in the order of the log. The copies go to the partition of the same number. */
export interface PartitionPlan {
  readonly partition: number;
  readonly offsets: readonly bigint[];
}

/** What a replay would write. */
export interface ReplayPlan {
  readonly from: string;
  /** Id of the topic that the offsets belong to. */
  readonly topicId: string;
  readonly to: Target;
  /** Partitions with dead letter records to replay. */
  readonly partitions: readonly PartitionPlan[];
  /** Number of selected dead letter records that were replayed before. */
  readonly replayedBefore: number;
  /** Number of dead letter records whose copies the target topic would delete before they can be read. */
  readonly tooOld: number;
  readonly retentionMs: Milliseconds;
  /** Groups that would read the copies in addition to the intended group. */
  readonly otherReaders: readonly string[];
}

interface PlanProps extends Pick<ReplayPlan, 'from' | 'topicId' | 'to' | 'retentionMs' | 'otherReaders'> {
  readonly partitions: readonly PartitionDeadLetters[];
  /** Current time in milliseconds since 1970. */
  readonly now: number;
}

export function planReplay({ partitions, now, ...plan }: PlanProps): ReplayPlan {
  const oldest = plan.retentionMs === FOREVER ? -Infinity : now - plan.retentionMs + TIME_TO_READ;
  const all = partitions.map(({ partition, deadLetters, replayed }) => {
    const left = deadLetters.filter(({ offset }) => !replayed.has(offset));
    const young = left.filter(({ timestamp }) => timestamp >= oldest);
    return {
      partition,
      offsets: young.map(({ offset }) => offset),
      replayedBefore: deadLetters.length - left.length,
      tooOld: left.length - young.length,
    };
  });
  return {
    ...plan,
    partitions: all
      .filter(({ offsets }) => offsets.length > 0)
      .map(({ partition, offsets }) => ({ partition, offsets })),
    replayedBefore: sum(all.map(({ replayedBefore }) => replayedBefore)),
    tooOld: sum(all.map(({ tooOld }) => tooOld)),
  };
}

/** Number of dead letter records that the plan would replay. */
export const countOf = ({ partitions }: Pick<ReplayPlan, 'partitions'>): number =>
  sum(partitions.map(({ offsets }) => offsets.length));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
