import type { Move, PlacedPartition, PlacementBroker } from '../../../src/components/kafka-cluster/reassignment/model';
import { planMoves, type PlacementInput } from '../../../src/components/kafka-cluster/reassignment/plan-moves';
import type { Dice } from '../../../tools/support/dice';

const GIB = 2 ** 30;

/** Brokers 0, 1, ... of the racks in this order: `'aab'` has two brokers in rack a and one in b, `'--'` has no racks. */
export const brokersOf = (racks: string): readonly PlacementBroker[] =>
  Array.from(racks, (rack, id) => ({ id, rack: rack === '-' ? undefined : rack }));

/** A topic with the replicas of each partition, of one size. */
export const topic = (
  name: string,
  replicas: readonly (readonly number[])[],
  bytes = GIB,
): readonly PlacedPartition[] => replicas.map((ids, partition) => ({ topic: name, partition, replicas: ids, bytes }));

/** The same list, as many times. */
export const times = <T>(count: number, list: readonly T[]): readonly T[] =>
  Array.from({ length: count }, () => list).flat();

/** The partitions after the moves. */
export function moved(partitions: readonly PlacedPartition[], moves: readonly Move[]): readonly PlacedPartition[] {
  const keyOf = (of: { readonly topic: string; readonly partition: number }): string => `${of.topic}-${of.partition}`;
  const byPartition = new Map(moves.map((move) => [keyOf(move), move]));
  return partitions.map((placed) => {
    const move = byPartition.get(keyOf(placed));
    return move === undefined ? placed : { ...placed, replicas: move.to };
  });
}

/** The partitions after a plan. */
export const planned = (input: PlacementInput): readonly PlacedPartition[] => moved(input.partitions, planMoves(input));

/** Number of items by key; keys without an item are given. */
export function countBy<T>(keys: readonly T[], items: readonly T[]): ReadonlyMap<T, number> {
  const counts = new Map(keys.map((key) => [key, 0]));
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/** Replicas of each broker. */
export const replicaCounts = (
  partitions: readonly PlacedPartition[],
  brokers: readonly PlacementBroker[],
): ReadonlyMap<number, number> =>
  countBy(
    brokers.map(({ id }) => id),
    partitions.flatMap(({ replicas }) => replicas),
  );

/** Preferred leaders of each broker. */
export const leaderCounts = (
  partitions: readonly PlacedPartition[],
  brokers: readonly PlacementBroker[],
): ReadonlyMap<number, number> =>
  countBy(
    brokers.map(({ id }) => id),
    partitions.flatMap(({ replicas }) => replicas.slice(0, 1)),
  );

/** The largest minus the smallest count. */
export const spread = (counts: ReadonlyMap<number, number>): number =>
  Math.max(...counts.values()) - Math.min(...counts.values());

/** Replicas that a broker has to copy. */
export const copies = ({ from, to }: Pick<Move, 'from' | 'to'>): number => to.filter((id) => !from.includes(id)).length;

/** Racks on which a partition is. */
export const racksOf = (replicas: readonly number[], brokers: readonly PlacementBroker[]): number =>
  new Set(replicas.map((id) => brokers.find((broker) => broker.id === id)?.rack)).size;

/** Which clusters may be drawn. */
export interface Limits {
  readonly brokers: number;
  readonly racks: number;
  readonly partitions: number;
}

/** A random cluster: some brokers are drained or gone, and partitions are anywhere. */
export function randomInput(dice: Dice, limits: Limits): PlacementInput {
  const racks = dice.between(1, limits.racks);
  const all = Array.from({ length: dice.between(1, limits.brokers) }, (_, id): PlacementBroker => {
    const rack = dice.between(1, racks);
    return { id, rack: rack === 1 ? undefined : `r${rack}` };
  });
  const drained = all.slice(1).filter(() => dice.next() < 0.15);
  const gone = all.slice(1).filter((broker) => !drained.includes(broker) && dice.next() < 0.1);
  const brokers = all.filter((broker) => !drained.includes(broker) && !gone.includes(broker));
  const used = all.slice(0, dice.between(1, all.length)).map(({ id }) => id);
  const partitions: PlacedPartition[] = [];
  const left = dice.between(0, limits.partitions);
  for (let number = 0; partitions.length < left; number += 1) {
    const replicas = dice.between(1, Math.min(4, brokers.length, used.length));
    const count = Math.min(left - partitions.length, dice.between(1, dice.pick([1, 6, 60])));
    for (let partition = 0; partition < count; partition += 1)
      partitions.push({
        topic: `t${number}`,
        partition,
        replicas: shuffled(used, dice).slice(0, replicas),
        bytes: dice.between(0, dice.pick([0, 1_000, GIB])),
      });
  }
  return { partitions, brokers, drained: drained.map(({ id }) => id) };
}

/** The same items in a random order. */
export function shuffled<T>(items: readonly T[], dice: Dice): readonly T[] {
  return items
    .map((item) => ({ item, at: dice.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
