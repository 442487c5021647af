/** Why a batch is not handled to its end, and what may still be done. */
export interface Interruption {
  /** What runs may go on until then, in milliseconds since 1970. */
  readonly finishBy: number;
  /** False once the partitions may belong to another member. */
  readonly mayCommit: boolean;
  /** Goes to kafkajs as it came: by this very object it decides how to join again. */
  readonly error?: Error;
}

/** `rebalancing`: the member is still one, and asked to join again. `lost`: its partitions are another's by now. */
export type GroupChange = 'rebalancing' | 'lost';

const GROUP_CHANGES: ReadonlyMap<string | undefined, GroupChange> = new Map([
  ['REBALANCE_IN_PROGRESS', 'rebalancing'],
  ['NOT_COORDINATOR_FOR_GROUP', 'rebalancing'],
  ['ILLEGAL_GENERATION', 'lost'],
  ['UNKNOWN_MEMBER_ID', 'lost'],
]);

/**
 * What an answer of the group's coordinator says of this member's partitions; nothing for other errors, which pass. It comes
 * as it is: what has it as a cause is a transaction's, whose coordinator is another and has moved by itself.
 */
export const groupChange = (error: unknown): GroupChange | undefined =>
  GROUP_CHANGES.get((error as { type?: string } | undefined)?.type);

/** The stricter of two. */
export const combined = (one: Interruption | undefined, other: Interruption): Interruption =>
  one === undefined
    ? other
    : {
        ...other,
        ...one,
        finishBy: Math.min(one.finishBy, other.finishBy),
        mayCommit: one.mayCommit && other.mayCommit,
      };
