import { KafkaClientError } from '../errors';
import type { EachBatchPayload } from 'kafkajs';
import type { PartitionLog } from '../positions/partition-log';

/** Commits the progress in a partition. */
export interface Commits {
  /**
   * Records below this offset were committed by another client after they were fetched here; they are skipped. @default
   * none
   */
  readonly from?: bigint | undefined;
  /** Whether records that are done but could not be committed must be handled again, here or by another member. */
  readonly areAllOrNothing: boolean;
  /**
   * Whether the batch was read from a log that the partition no longer has; nothing of it may be committed. @default
   * never
   */
  readonly isOutdated?: () => boolean;
  /**
   * Commits that all records below the position are done. @throws the coordinator's error when the group rebalances; an
   * `OwnershipLost`
   */
  commit(position: bigint): Promise<void>;
  /** Gives the partition up. Everything done since the last commit will be done again. */
  letGo?(): void;
  /**
   * Registers a callback for when commits are no longer possible. kafkajs may rejoin the group while other partitions
   * are still being handled.
   */
  whenOver?(tell: () => void): void;
}

/** Another member owns the partition now, or owned it in the meantime. */
export class OwnershipLost extends KafkaClientError {
  override readonly name = 'OwnershipLost';
  readonly code = 'OWNERSHIP_LOST';
  readonly canRetry = false;
}

/** A fetched batch of a partition, and the log that it was read from. */
export interface FetchedBatch {
  readonly topic: string;
  readonly partition: number;
  /** Offset of the first fetched record. */
  readonly firstOffset: bigint;
  /** The log; undefined if it is not known. */
  readonly log: PartitionLog | undefined;
  /** Whether the partition has a different log now. */
  readonly isOutdated: () => boolean;
}

/**
 * Commits as a member of the group. The commit function of kafkajs's consumer is not used, because it crashes the
 * consumer for good when the group has a new generation.
 */
export const memberCommits = (payload: EachBatchPayload, { log, isOutdated }: FetchedBatch): Commits => ({
  areAllOrNothing: false,
  isOutdated,
  commit: (position) => {
    const { topic, partition } = payload.batch;
    const committed = { partition, offset: String(position), metadata: log?.committing(position) ?? null };
    return payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [committed] }] });
  },
});

/** Commits of group members that use a mechanism other than the group's own, such as transactions. */
export interface Ownerships {
  /** Called after the group was rejoined; gives up all owned partitions. */
  rejoined(): void;
  /** @throws if the partition cannot be taken over now, or the batch belongs to a deleted topic */
  of(batch: FetchedBatch): Promise<Commits>;
  close(): Promise<void>;
}
