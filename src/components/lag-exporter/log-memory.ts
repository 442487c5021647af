import type { Assigned } from '../../protocol/group-members';

/** A range without visible records for `read_committed` consumers, from a position up to `next`. */
export interface PassedOver {
  readonly next: bigint;
  /** Whether a visible record exists at `next`. If false, the log after `next` has not been read yet. */
  readonly isVisible: boolean;
}

/** Results of earlier readings that later readings reuse. Keeps only entries that the last reading used. */
export class LogMemory {
  private passed: ReadonlyMap<string, PassedOver | undefined> = new Map();
  private assigned: ReadonlyMap<string, Assigned> = new Map();
  private openSince: ReadonlyMap<string, number> = new Map();

  /** @returns undefined if the place has not been read yet */
  passedOver(place: string): PassedOver | undefined {
    return this.passed.get(place);
  }

  /** Whether the last reading included the same position. */
  hasMet(place: string): boolean {
    return this.passed.has(place);
  }

  /** Replaces all positions, including positions without a result. */
  keepPassedOver(places: ReadonlyMap<string, PassedOver | undefined>): void {
    this.passed = places;
  }

  /** The last known assignment of a group's members; undefined if none has been seen. */
  lastAssigned(group: string): Assigned | undefined {
    return this.assigned.get(group);
  }

  /** Replaces the assignments of all groups. */
  keepAssigned(groups: ReadonlyMap<string, Assigned>): void {
    this.assigned = groups;
  }

  /** Time when an open transaction was first seen, in milliseconds since 1970. */
  since(transaction: string, now: number): number {
    return this.openSince.get(transaction) ?? now;
  }

  /** Replaces all open transactions. */
  keepOpen(transactions: ReadonlyMap<string, number>): void {
    this.openSince = transactions;
  }
}
