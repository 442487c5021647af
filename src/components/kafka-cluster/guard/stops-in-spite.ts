import { z } from 'zod';
import type { GuardSettings } from './settings';

/** Why a node stopped although something spoke against it: an operator, the end of the wait, or the kubelet's limit. */
export const CAUSES = ['passed', 'waited-out', 'cut-off'] as const;
const causeSchema = z.enum(CAUSES);

export type Cause = (typeof CAUSES)[number];

/** The last stop of a node that had this cause. */
export interface StopInSpite {
  readonly nodeId: number;
  readonly cause: Cause;
  /** Milliseconds since 1970; 0 if there was none. */
  readonly at: number;
}

/**
 * Stops of this and other nodes that something spoke against. A guard ends with its pod, before its metrics are read
 * again: the others keep the time for it.
 */
export class StopsInSpite {
  private readonly times = new Map<string, number>();

  constructor(
    private readonly cluster: Pick<GuardSettings, 'nodes'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Notes a stop. @returns whether there is such a node and such a cause */
  note(nodeId: number, cause: string): boolean {
    const parsed = causeSchema.safeParse(cause);
    if (!parsed.success || !this.cluster.nodes.some(({ id }) => id === nodeId)) return false;
    this.times.set(keyOf(nodeId, parsed.data), this.now());
    return true;
  }

  /** Every node with every cause. */
  get all(): readonly StopInSpite[] {
    return this.cluster.nodes.flatMap(({ id }) =>
      CAUSES.map((cause) => ({ nodeId: id, cause, at: this.times.get(keyOf(id, cause)) ?? 0 })),
    );
  }
}

const keyOf = (nodeId: number, cause: Cause): string => `${nodeId} ${cause}`;
