import type { RecordsMissing } from '../notices';
import { commitMetadata } from './commit-metadata';
import { EpochHistory } from './epoch-history';

/** Missing records of a partition, without the sentence for the notice. */
export type Gap = Pick<RecordsMissing, 'topic' | 'partition' | 'from' | 'to' | 'reason'>;

/**
 * The log of a partition as a client knows it. It is replaced when the topic is recreated or the log has lost records
 * that were read.
 */
export class PartitionLog {
  readonly epochs = new EpochHistory();
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

  /** Notes a commit. Brokers forget the committed offsets of a deleted topic. @returns the metadata for the offset */
  committing(offset: bigint): string {
    this.reach(offset);
    return commitMetadata({ topicId: this.topicId, leaderEpoch: this.epochs.upTo(offset) });
  }
}
