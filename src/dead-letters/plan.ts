import { FOREVER, hours, type Milliseconds } from '../config/units';
import type { TopicName } from '../topics/catalogue';
import type { Target } from './chains';
import type { Survey } from './survey';

/** What is older than the retention is deleted within minutes; so much has to be left for its readers. */
const TIME_TO_READ = hours(1);

/** Letters of one partition, in the order of the log; the copies go to the partition of the same number. */
export interface PartitionPlan {
  readonly partition: number;
  readonly offsets: readonly bigint[];
}

/** What a replay would write. */
export interface ReplayPlan {
  readonly from: TopicName;
  readonly to: Target;
  /** Those with letters to replay. */
  readonly partitions: readonly PartitionPlan[];
  /** Letters that are meant and were replayed before. */
  readonly replayedBefore: number;
  /** Letters whose copies the target would delete before anybody reads them. */
  readonly tooOld: number;
  readonly retentionMs: Milliseconds;
  /** Groups that would read the copies beside the one that is meant. */
  readonly otherReaders: readonly string[];
}

interface PlanProps extends Pick<ReplayPlan, 'from' | 'to' | 'retentionMs' | 'otherReaders'> {
  readonly surveys: readonly Survey[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function planReplay({ surveys, now, ...plan }: PlanProps): ReplayPlan {
  const oldest = plan.retentionMs === FOREVER ? -Infinity : now - plan.retentionMs + TIME_TO_READ;
  const all = surveys.map(({ partition, letters, replayed }) => {
    const left = letters.filter(({ offset }) => !replayed.has(offset));
    const young = left.filter(({ timestamp }) => timestamp >= oldest);
    return {
      partition,
      offsets: young.map(({ offset }) => offset),
      replayedBefore: letters.length - left.length,
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

/** Letters that it would replay. */
export const countOf = ({ partitions }: Pick<ReplayPlan, 'partitions'>): number =>
  sum(partitions.map(({ offsets }) => offsets.length));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
