import type { EachBatchPayload } from 'kafkajs';

/** Keeps how far a partition is handled. */
export interface Commits {
  /** What stands below was committed by somebody else after it was fetched here: it is passed over. @default nothing */
  readonly from?: bigint | undefined;
  /** Whether what is done but could not be committed has to be handled again, here or elsewhere. */
  readonly areAllOrNothing: boolean;
  /** Everything below is done. @throws the coordinator's answer when the group changes; a `TenureLost` */
  commit(position: bigint): Promise<void>;
  /** What was done since the last commit will be done again. */
  letGo?(): void;
  /** Calls back when nothing can be committed any more: kafkajs may join the group anew while other partitions are handled. */
  whenOver?(tell: () => void): void;
}

/** Somebody else goes on with the partition, or did. */
export class TenureLost extends Error {
  override readonly name = 'TenureLost';
}

/** As a member of the group; the consumer's own commit crashes it for good once the group's generation has moved on. */
export const memberCommits = (payload: EachBatchPayload): Commits => ({
  areAllOrNothing: false,
  commit: (position) => {
    const partitions = [{ partition: payload.batch.partition, offset: String(position) }];
    return payload.commitOffsetsIfNecessary({ topics: [{ topic: payload.batch.topic, partitions }] });
  },
});

/** Commits what the members of a group have done in another way than as members. */
export interface Tenures {
  /** The group has been joined anew: whatever was held is let go. */
  rejoined(): void;
  /** @throws when the partition cannot be taken over now */
  of(topic: string, partition: number): Promise<Commits>;
  close(): Promise<void>;
}
