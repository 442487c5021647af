import { parseCommitMetadata, type LogIdentity } from './commit-metadata';

/** The committed position of a group in a partition. */
export interface CommittedPosition {
  readonly offset: bigint;
  /** Undefined if another tool or client committed the offset. */
  readonly log: LogIdentity | undefined;
}

/** @returns undefined if nothing is committed; brokers and kafkajs represent this by a negative offset */
export function committedPosition(answer: {
  readonly offset: string;
  readonly metadata: string | null;
}): CommittedPosition | undefined {
  const offset = BigInt(answer.offset);
  return offset < 0n ? undefined : { offset, log: parseCommitMetadata(answer.metadata) };
}
