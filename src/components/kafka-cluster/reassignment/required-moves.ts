import type { Cluster, Partition } from './cluster';
import { countOf, fullness, lowest, type Holding } from './holdings';
import { countIn, racksMissing } from './rack-rule';
import type { Replicas } from './replicas';

/**
 * Makes the moves that do not depend on how even the cluster is: replicas on brokers that may not store any are placed
 * on others, and partitions on fewer racks than possible are spread. The least full broker that is allowed receives.
 */
export function makeRequiredMoves({ topics, racks }: Cluster, replicas: Replicas): void {
  for (const { partitions } of topics) {
    for (const partition of partitions) {
      const count = partition.before.length;
      const isOnTooFewRacks = (): boolean => racksMissing(racks, partition.replicas, count) > 0;
      while (partition.replicas.length < count)
        replicas.add(partition, receiver(partition, replicas, isOnTooFewRacks()));
      while (isOnTooFewRacks()) {
        const to = receiver(partition, replicas, true);
        replicas.move({ partition, from: giver(partition, replicas), to });
      }
    }
  }
}

/** @param onNewRack whether it has to be on a rack without a replica of the partition */
function receiver(partition: Partition, replicas: Replicas, onNewRack: boolean): Holding {
  const allowed = replicas.holdings.filter(({ broker }) =>
    onNewRack ? countIn(partition.replicas, broker.rack) === 0 : !partition.replicas.includes(broker),
  );
  return some(lowest(allowed, (holding) => rank(partition, holding, replicas)));
}

/** The fullest broker among those that share a rack. */
function giver(partition: Partition, replicas: Replicas): Holding {
  const doubled = partition.replicas.filter(({ rack }) => countIn(partition.replicas, rack) > 1);
  const holdings = doubled.map((broker) => replicas.of(broker));
  return some(lowest(holdings, (holding) => rank(partition, holding, replicas).map((above) => -above)));
}

const rank = ({ topic }: Partition, holding: Holding, replicas: Replicas): readonly number[] => [
  countOf(holding, topic) - replicas.shareOf(holding, topic).exact,
  ...fullness(holding),
];

/** With at least as many brokers as replicas there is always one; a missing one is a defect of this file. */
function some(holding: Holding | undefined): Holding {
  if (holding === undefined) throw new Error('no broker may take part in a required move');
  return holding;
}
