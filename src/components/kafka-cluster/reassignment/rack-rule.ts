import type { Broker } from './cluster';

/** A replica that would move from one rack to another. */
export interface Crossing {
  /** The replicas of the partition before the move. */
  readonly replicas: readonly Broker[];
  /** Index of the rack that loses a replica. */
  readonly source: number;
  /** Index of the rack that gains a replica. */
  readonly target: number;
}

/**
 * Whether a partition on as many racks as possible remains so: with at most as many replicas as racks, no rack may get
 * a second one; with more, each rack keeps at least one.
 *
 * @param racks number of racks
 */
export const mayCross = (racks: number, { replicas, source, target }: Crossing): boolean =>
  replicas.length <= racks ? countIn(replicas, target) === 0 : countIn(replicas, source) > 1;

/** How many racks the partition lacks to be on as many as possible. @param racks number of racks */
export const racksMissing = (racks: number, replicas: readonly Broker[], count: number): number =>
  Math.min(racks, count) - new Set(replicas.map(({ rack }) => rack)).size;

/** Replicas in a rack. */
export function countIn(replicas: readonly Broker[], rack: number): number {
  let count = 0;
  for (const broker of replicas) if (broker.rack === rack) count += 1;
  return count;
}
