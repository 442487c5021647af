/** How many replicas a broker should have: the exact share, and the share rounded down and up. */
export interface Share {
  readonly exact: number;
  readonly low: number;
  readonly high: number;
}

/** Shares are sums of fractions: a sum this close to an integer is that integer. */
const ROUNDING = 1e-7;

/** A share of any size, 2.4 -> 2 to 3. */
export const shareOf = (exact: number): Share => ({
  exact,
  low: Math.floor(exact + ROUNDING),
  high: Math.ceil(exact - ROUNDING),
});

/**
 * How uneven a count is: 0 within the rounded share, else the square of the distance. Squares rank one broker that is
 * far off before several that are a little off.
 */
export function unevenness(count: number, { low, high }: Share): number {
  const distance = count > high ? count - high : Math.max(0, low - count);
  return distance * distance;
}

/**
 * The share that each broker of a rack has in one partition, for each rack: all brokers have the same share, unless
 * racks are too small or too large for that.
 *
 * - With at most as many replicas as racks, a rack stores at most one: a rack of so many brokers that equal shares were
 *   more than one replica gets exactly one, and the other racks share the rest equally among their brokers.
 *   Example: 3 replicas, racks of 1, 1 and 4 brokers: every rack has one replica, so shares are 1, 1 and 1/4.
 * - With more replicas than racks, a rack stores at least one: a rack of so few brokers that equal shares were less
 *   than one replica gets exactly one, and the other racks share the rest.
 *
 * @param replicas replicas of the partition, at most the sum of the sizes
 * @param sizes brokers of each rack
 */
export function brokerShares(replicas: number, sizes: readonly number[]): readonly number[] {
  const isBeyond = replicas <= sizes.length ? (share: number) => share > 1 : (share: number) => share < 1;
  const pinned = new Set<number>();
  for (;;) {
    const others = sizes.reduce((sum, size, rack) => (pinned.has(rack) ? sum : sum + size), 0);
    const level = (replicas - pinned.size) / others;
    const beyond = [...sizes.keys()].filter((rack) => !pinned.has(rack) && isBeyond(level * (sizes[rack] ?? 0)));
    if (beyond.length === 0) return sizes.map((size, rack) => (pinned.has(rack) ? 1 / size : level));
    for (const rack of beyond) pinned.add(rack);
  }
}
