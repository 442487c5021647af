import { failureCause } from '../failure-kind';
import type { GroupMeter } from '../metrics/group-meter';
import type { ClientNotice, NoticeListener } from '../notices';
import { classify } from './classify';
import { retryBound, type FailureLimits, type RetryBound } from './failure-run';

/** Minimum interval between notices about the same ongoing failure of a partition. */
const EVERY_MS = 60_000;

/** The activities of a consumer that can fail, in the words of its notices. */
const WORK = {
  handle: 'handle',
  keep: 'hand on the failed record of',
  commit: 'commit',
  'take-over': 'take over',
  heartbeat: 'reach the coordinator of the group for',
  consume: 'consume',
} as const;

/** An activity that failed and will be retried. */
export interface FailedWork {
  readonly work: keyof typeof WORK;
  readonly topic: string;
  /** Undefined if all partitions are affected. */
  readonly partition?: number | undefined;
  /** Offset of the first affected record, if known. */
  readonly offset?: bigint | undefined;
  /** Number of consecutive failed attempts. */
  readonly attempts: number;
  readonly bound: RetryBound;
  readonly cause: unknown;
  /** Number of affected records. @default 1 */
  readonly records?: number;
}

interface FailuresProps {
  readonly groupId: string;
  readonly meter: GroupMeter | undefined;
  readonly onNotice: NoticeListener;
  /** Called with an error that the listener throws. */
  readonly onFatal: (error: unknown) => void;
  /** The current time in milliseconds, by a monotonic clock. */
  readonly now?: () => number;
}

interface Told {
  readonly since: number;
  at: number;
  isOver: boolean;
}

/**
 * Reports failures that a consumer retries. Each failure is counted; a notice is sent for the first failure of a kind
 * and then once a minute.
 */
export class Failures {
  /** Reported failures, by activity and partition, then by cause. */
  private readonly told = new Map<string, Map<string, Told>>();

  constructor(private readonly props: FailuresProps) {}

  failed(failed: FailedWork): void {
    const { groupId, meter } = this.props;
    const { topic, partition, offset, attempts, bound, cause, records = 1 } = failed;
    const label = failureCause(cause);
    meter?.triesAgain(topic, label, records);
    if (!this.isDue(placeOf(failed), label)) return;
    this.tell({
      kind: 'still-failing',
      topic,
      partition,
      groupId,
      offset,
      attempts,
      ...bound,
      cause,
      message: `group ${groupId} cannot ${WORK[failed.work]} ${described(failed)}: ${textOf(cause)}; ${goingOn(failed)}`,
    });
  }

  /**
   * For a failed commit or heartbeat. The error of a transactional commit says that a retry may succeed; its cause
   * determines the limits.
   */
  failedBeside(failed: Omit<FailedWork, 'bound'>, limits: FailureLimits): void {
    const { cause: error } = failed;
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    this.failed({ ...failed, bound: retryBound(classify(cause), limits) ?? { maxAttempts: Infinity } });
  }

  /** Called after success. Sends a notice if the failure was reported. */
  succeeded(done: Pick<FailedWork, 'work' | 'topic' | 'partition'>): void {
    const causes = this.told.get(placeOf(done));
    if (causes === undefined) return;
    const open = [...causes.values()].filter(({ isOver }) => !isOver);
    if (open.length === 0) return;
    for (const each of open) each.isOver = true;
    const { groupId } = this.props;
    const { topic, partition } = done;
    const failedMs = this.now() - Math.min(...open.map(({ since }) => since));
    this.tell({
      kind: 'recovered',
      topic,
      partition,
      groupId,
      failedMs,
      message: `group ${groupId} can ${WORK[done.work]} ${described(done)} again, after ${(failedMs / 1_000).toFixed(1)} s`,
    });
  }

  private isDue(place: string, label: string): boolean {
    const now = this.now();
    let causes = this.told.get(place);
    if (causes === undefined) this.told.set(place, (causes = new Map<string, Told>()));
    const known = causes.get(label);
    if (known !== undefined && now - known.at < EVERY_MS) return false;
    causes.set(label, { since: known?.isOver === false ? known.since : now, at: now, isOver: false });
    return true;
  }

  private tell(notice: ClientNotice): void {
    try {
      this.props.onNotice(notice);
    } catch (error) {
      this.props.onFatal(error);
    }
  }

  private now(): number {
    return this.props.now?.() ?? performance.now();
  }
}

const placeOf = ({ work, topic, partition }: Pick<FailedWork, 'work' | 'topic' | 'partition'>): string =>
  `${work} ${topic}-${partition ?? ''}`;

function described({ topic, partition, offset }: Pick<FailedWork, 'topic' | 'partition' | 'offset'>): string {
  const place = partition === undefined ? topic : `${topic}-${partition}`;
  return offset === undefined ? place : `${place} at offset ${offset}`;
}

function textOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const label = failureCause(cause);
  return cause.message.includes(label) || label === 'Error' ? cause.message : `${cause.message} (${label})`;
}

function goingOn({ attempts, bound: { maxAttempts, giveUpAfterMs } }: FailedWork): string {
  if (giveUpAfterMs !== undefined)
    return `attempt ${attempts}, tried for ${giveUpAfterMs / 1_000} s before it is given up`;
  if (maxAttempts === Infinity) return `attempt ${attempts}, tried again for as long as it lasts`;
  return `attempt ${attempts} of ${maxAttempts}`;
}
