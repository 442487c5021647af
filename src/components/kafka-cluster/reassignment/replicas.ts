import type { Broker, Cluster, Partition, Topic } from './cluster';
import { emptyHolding, give, take, type Holding } from './holdings';
import type { Pieces, Step } from './pieces';
import { mayCross } from './rack-rule';
import { shareOf, type Share } from './shares';

/** The replicas of all partitions as pieces that brokers share. */
export class Replicas implements Pieces {
  readonly holdings: readonly Holding[];
  private readonly byBroker: ReadonlyMap<Broker, Holding>;

  constructor(private readonly cluster: Cluster) {
    const { brokers, topics } = cluster;
    this.holdings = brokers.map((broker) => {
      const exact = topics.reduce((sum, topic) => sum + (topic.replicaShares[broker.rack]?.exact ?? 0), 0);
      return emptyHolding({ broker, share: shareOf(exact), byteShare: broker.byteShare });
    });
    this.byBroker = new Map(this.holdings.map((holding) => [holding.broker, holding]));
    for (const { partitions } of topics)
      for (const partition of partitions) for (const broker of partition.replicas) give(this.of(broker), partition);
  }

  shareOf({ broker }: Holding, { replicaShares }: Topic): Share {
    return replicaShares[broker.rack] ?? shareOf(0);
  }

  receiversOf(): readonly Holding[] {
    return this.holdings;
  }

  canMove({ replicas }: Partition, from: Holding, to: Holding): boolean {
    if (replicas.includes(to.broker)) return false;
    const [source, target] = [from.broker.rack, to.broker.rack];
    return source === target || mayCross(this.cluster.racks, { replicas, source, target });
  }

  changesBy({ partition: { before }, from, to }: Step): number {
    return Number(!before.includes(to.broker)) - Number(!before.includes(from.broker));
  }

  move({ partition, from, to }: Step): void {
    partition.replicas = partition.replicas.map((broker) => (broker === from.broker ? to.broker : broker));
    take(from, partition);
    give(to, partition);
  }

  /** Adds a replica of a partition that the broker does not store. */
  add(partition: Partition, to: Holding): void {
    partition.replicas = [...partition.replicas, to.broker];
    give(to, partition);
  }

  /** What a broker stores. */
  of(broker: Broker): Holding {
    const holding = this.byBroker.get(broker);
    if (holding === undefined) throw new Error(`broker ${broker.id} is of another cluster`);
    return holding;
  }
}
