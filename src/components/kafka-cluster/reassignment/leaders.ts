import type { Broker, Cluster, Partition, Topic } from './cluster';
import { emptyHolding, give, take, type Holding } from './holdings';
import type { Pieces, Step } from './pieces';
import { shareOf, type Share } from './shares';

/** The preferred leaders of all partitions as pieces that brokers share: it is a matter of order, and copies nothing. */
export class Leaders implements Pieces {
  readonly holdings: readonly Holding[];
  private readonly byBroker: ReadonlyMap<Broker, Holding>;

  /** @param cluster with all replicas where they are to be */
  constructor({ brokers, topics }: Cluster) {
    const led = topics.flatMap(({ partitions }) => partitions).filter(({ replicas }) => replicas.length > 0);
    const share = shareOf(led.length / brokers.length);
    const byteShare = led.reduce((sum, { placed }) => sum + placed.bytes, 0) / brokers.length;
    this.holdings = brokers.map((broker) => emptyHolding({ broker, share, byteShare }));
    this.byBroker = new Map(this.holdings.map((holding) => [holding.broker, holding]));
    for (const partition of led) {
      partition.replicas = stayingFirst(partition);
      for (const holding of this.receiversOf(partition).slice(0, 1)) give(holding, partition);
    }
  }

  shareOf(_: Holding, { leaderShare }: Topic): Share {
    return leaderShare;
  }

  receiversOf({ replicas }: Partition): readonly Holding[] {
    return replicas.map((broker) => this.byBroker.get(broker)).filter((holding) => holding !== undefined);
  }

  canMove({ replicas }: Partition, from: Holding, to: Holding): boolean {
    return from !== to && replicas.includes(to.broker);
  }

  changesBy({ partition, from, to }: Step): number {
    const { before, replicas } = partition;
    if (replicas.some((broker) => !before.includes(broker))) return 0;
    return Number(before[0] !== to.broker) - Number(before[0] !== from.broker);
  }

  move({ partition, from, to }: Step): void {
    partition.replicas = [to.broker, ...stayingFirst(partition).filter((broker) => broker !== to.broker)];
    take(from, partition);
    give(to, partition);
  }
}

/** Replicas that stay in their order, then new ones: a replica that has the data is preferred to one that has to copy. */
const stayingFirst = ({ before, replicas }: Partition): readonly Broker[] => [
  ...before
    .filter((broker) => broker !== undefined && replicas.includes(broker))
    .filter((broker) => broker !== undefined),
  ...replicas.filter((broker) => !before.includes(broker)),
];
