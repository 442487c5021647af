/** Why a batch is not handled to its end, and what is still allowed. */
export interface Interruption {
  /** Deadline for running handlers, in milliseconds since 1970. */
  readonly finishBy: number;
  /** False if the partitions may belong to another member. */
  readonly mayCommit: boolean;
  /** Thrown to kafkajs unchanged, because kafkajs decides by this object how to rejoin. */
  readonly error?: Error;
}

/**
 * `rebalancing`: the consumer is still a member and was asked to rejoin. `lost`: its partitions already belong to
 * another member.
 */
export type GroupChange = 'rebalancing' | 'lost';

const GROUP_CHANGES: ReadonlyMap<string | undefined, GroupChange> = new Map([
  ['REBALANCE_IN_PROGRESS', 'rebalancing'],
  ['NOT_COORDINATOR_FOR_GROUP', 'rebalancing'],
  ['ILLEGAL_GENERATION', 'lost'],
  ['UNKNOWN_MEMBER_ID', 'lost'],
]);

/**
 * What an error of the group coordinator means for the member's partitions; undefined for other errors, which are
 * temporary. Only the error itself is checked, not its causes: a transaction's error wraps an error of the transaction
 * coordinator, which says nothing about the group.
 */
export const groupChange = (error: unknown): GroupChange | undefined =>
  GROUP_CHANGES.get((error as { type?: string } | undefined)?.type);

/** Combines two interruptions; the stricter limits apply. */
export const combined = (one: Interruption | undefined, other: Interruption): Interruption =>
  one === undefined
    ? other
    : {
        ...other,
        ...one,
        finishBy: Math.min(one.finishBy, other.finishBy),
        mayCommit: one.mayCommit && other.mayCommit,
      };
