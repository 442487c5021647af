import type { Broker, Partition, Topic } from './cluster';
import { unevenness, type Share } from './shares';

/** What one broker holds of what is shared among brokers: replicas, or preferred leaders. */
export interface Holding {
  readonly broker: Broker;
  /** Its share of all topics together. */
  readonly share: Share;
  /** Its share of the bytes. */
  readonly byteShare: number;
  count: number;
  bytes: number;
  /** Partitions by topic; a topic of which it holds nothing is absent. */
  readonly topics: Map<Topic, Set<Partition>>;
}

/** An empty holding. */
export const emptyHolding = (of: Pick<Holding, 'broker' | 'share' | 'byteShare'>): Holding => ({
  ...of,
  count: 0,
  bytes: 0,
  topics: new Map(),
});

/** Adds a partition that the broker does not hold. */
export function give(holding: Holding, partition: Partition): void {
  const { topic, placed } = partition;
  const held = holding.topics.get(topic);
  if (held === undefined) holding.topics.set(topic, new Set([partition]));
  else held.add(partition);
  holding.count += 1;
  holding.bytes += placed.bytes;
}

/** Removes a partition that the broker holds. */
export function take(holding: Holding, partition: Partition): void {
  const { topic, placed } = partition;
  const held = holding.topics.get(topic);
  held?.delete(partition);
  if (held?.size === 0) holding.topics.delete(topic);
  holding.count -= 1;
  holding.bytes -= placed.bytes;
}

/** What a broker holds of a topic. */
export const countOf = (holding: Holding, topic: Topic): number => holding.topics.get(topic)?.size ?? 0;

/** By how much evenness gains if the count falls by one; negative if it suffers. */
export const gainOfGiving = (count: number, share: Share): number =>
  unevenness(count, share) - unevenness(count - 1, share);

/** By how much evenness suffers if the count rises by one; negative if it gains. */
export const costOfTaking = (count: number, share: Share): number =>
  unevenness(count + 1, share) - unevenness(count, share);

/** Compares lists of numbers: the first difference decides. */
export function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** The item of the lowest rank; the first of equal ones. */
export function lowest<T>(items: readonly T[], rank: (item: T) => readonly number[]): T | undefined {
  let best: { readonly item: T; readonly rank: readonly number[] } | undefined;
  for (const item of items) {
    const own = rank(item);
    if (best === undefined || compareRanks(own, best.rank) < 0) best = { item, rank: own };
  }
  return best?.item;
}

/** How full a broker is overall: replicas above its share, then bytes above its share. */
export const fullness = ({ count, share, bytes, byteShare }: Holding): readonly [number, number] => [
  count - share.exact,
  bytes - byteShare,
];
