import type { PlacedPartition, PlacementBroker } from './model';
import { brokerShares, shareOf, type Share } from './shares';

/** A broker that may store replicas. */
export interface Broker {
  readonly id: number;
  /** Index of its rack. Brokers without a rack are in one rack of their own, as Kafka places them. */
  readonly rack: number;
  /** Bytes that it would store if bytes were shared as replicas are. */
  readonly byteShare: number;
}

/** A topic with the shares that brokers should have in it. */
export interface Topic {
  readonly name: string;
  readonly partitions: readonly Partition[];
  /** Replicas of a broker, by the index of its rack. */
  readonly replicaShares: readonly Share[];
  /** Preferred leaders of any broker. */
  readonly leaderShare: Share;
}

/** A partition at some point of the plan. */
export interface Partition {
  readonly topic: Topic;
  readonly placed: PlacedPartition;
  /** Where its replicas were; undefined for a broker that may not store replicas. */
  readonly before: readonly (Broker | undefined)[];
  /** Where its replicas are; the first is the preferred leader. */
  replicas: readonly Broker[];
}

/** Brokers by id, and topics and partitions by name and number: the order of the input makes no difference. */
export interface Cluster {
  readonly brokers: readonly Broker[];
  /** Number of racks. */
  readonly racks: number;
  readonly topics: readonly Topic[];
}

/** Brokers and partitions of a cluster with the shares of each broker; `brokers` may be in any order. */
export function clusterOf(partitions: readonly PlacedPartition[], brokers: readonly PlacementBroker[]): Cluster {
  const names = [...new Set(brokers.map(({ rack }) => rack ?? ''))].sort(compareNames);
  const sizes = names.map((name) => brokers.filter(({ rack }) => (rack ?? '') === name).length);
  const shares = new ShareTable(sizes);
  const byteShares = shares.sumBy(partitions, ({ bytes }) => bytes);
  const members = brokers
    .map(({ id, rack }): Broker => {
      const index = names.indexOf(rack ?? '');
      return { id, rack: index, byteShare: byteShares[index] ?? 0 };
    })
    .sort((a, b) => a.id - b.id);
  const byId = new Map(members.map((broker) => [broker.id, broker]));
  const topics = byTopic(partitions).map((placed) => topicOf(placed, { shares, byId }));
  return { brokers: members, racks: names.length, topics };
}

/** Shares of brokers in sets of partitions. */
class ShareTable {
  private readonly known = new Map<number, readonly number[]>();

  /** @param sizes brokers of each rack */
  constructor(private readonly sizes: readonly number[]) {}

  /** The sum of the shares in the partitions for a broker of each rack, each partition with its weight. */
  sumBy(partitions: readonly PlacedPartition[], weigh: (partition: PlacedPartition) => number): readonly number[] {
    const weights = new Map<number, number>();
    for (const partition of partitions) {
      const count = partition.replicas.length;
      weights.set(count, (weights.get(count) ?? 0) + weigh(partition));
    }
    const sorted = [...weights].sort(([a], [b]) => a - b);
    return this.sizes.map((_, rack) =>
      sorted.reduce((sum, [count, weight]) => sum + weight * (this.ofOne(count)[rack] ?? 0), 0),
    );
  }

  private ofOne(replicas: number): readonly number[] {
    const shares = this.known.get(replicas) ?? brokerShares(replicas, this.sizes);
    this.known.set(replicas, shares);
    return shares;
  }
}

interface TopicContext {
  readonly shares: ShareTable;
  readonly byId: ReadonlyMap<number, Broker>;
}

/** @param placed the partitions of one topic */
function topicOf(placed: readonly PlacedPartition[], { shares, byId }: TopicContext): Topic {
  const partitions: Partition[] = [];
  const led = placed.filter(({ replicas }) => replicas.length > 0).length;
  const topic: Topic = {
    name: placed[0]?.topic ?? '',
    partitions,
    replicaShares: shares.sumBy(placed, () => 1).map(shareOf),
    leaderShare: shareOf(led / Math.max(1, byId.size)),
  };
  for (const one of placed) {
    const before = one.replicas.map((id) => byId.get(id));
    const replicas = before.filter((broker) => broker !== undefined);
    partitions.push({ topic, placed: one, before, replicas });
  }
  return topic;
}

/** The partitions of each topic, by number; topics by name. */
function byTopic(partitions: readonly PlacedPartition[]): readonly (readonly PlacedPartition[])[] {
  const groups = new Map<string, PlacedPartition[]>();
  for (const partition of partitions) {
    const group = groups.get(partition.topic);
    if (group === undefined) groups.set(partition.topic, [partition]);
    else group.push(partition);
  }
  return [...groups]
    .sort(([a], [b]) => compareNames(a, b))
    .map(([, group]) => group.sort((a, b) => a.partition - b.partition));
}

/** By code units, which is the same in every locale. */
const compareNames = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
