import type { RecordsMissing } from '../notices';
import { commitMetadata } from './commit-metadata';
import { EpochHistory } from './epoch-history';

/** Missing records of a partition, without the sentence for the notice. */
export type Gap = Pick<RecordsMissing, 'topic' | 'partition' | 'from' | 'to' | 'reason'>;

/** An offset and the log that it belongs to. The same offset in another log is a different record. */
export interface LogOffset {
  readonly log: PartitionLog;
  readonly offset: bigint;
}

/**
 * The log of a partition as a client knows it, with the position in it. It is replaced when the topic is recreated or
 * the log has lost records that were read.
 */
export class PartitionLog {
  readonly epochs = new EpochHistory();
  /** The offset that is requested next. It is kept here, so that it never becomes an offset in another log. */
  next = 0n;
  /** The highest offset that was requested or committed. */
  reached = 0n;
  /** Whether the group had a position in this log. Records deleted before that are not missing. */
  hasBegun = false;
  /** A gap that is reported once the leader has confirmed this log. */
  untold: Gap | undefined;

  constructor(
    readonly topic: string,
    readonly partition: number,
    readonly topicId: string,
  ) {}

  reach(offset: bigint): void {
    if (offset > this.reached) this.reached = offset;
  }

  /**
   * Reading continues at this offset, unless it is already further. Work on a batch may end after the position was
   * determined anew.
   */
  advance(next: bigint): void {
    if (next > this.next) this.next = next;
  }

  /** Notes a commit. Brokers forget the committed offsets of a deleted topic. @returns the metadata for the offset */
  committing(offset: bigint): string {
    this.reach(offset);
    return commitMetadata({ topicId: this.topicId, leaderEpoch: this.epochs.upTo(offset) });
  }
}
