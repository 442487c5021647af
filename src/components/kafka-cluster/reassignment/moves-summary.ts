import type { BytesPerSecond } from '../../../validation/units';
import type { Move } from './model';

/** What the moves mean for one broker. Sizes in bytes. */
export interface BrokerTraffic {
  readonly id: number;
  /** Bytes that it copies from other brokers. */
  readonly incoming: number;
  /** Bytes that other brokers copy from it. */
  readonly outgoing: number;
  /** Replicas that it gets. */
  readonly replicasIn: number;
  /** Replicas that it gives away. */
  readonly replicasOut: number;
  /** Bytes that it deletes once the moves have ended. */
  readonly freed: number;
}

/** What moves mean for all brokers. */
export interface MovesSummary {
  /** Brokers that get, give or send replicas, by id. */
  readonly brokers: readonly BrokerTraffic[];
  /** Replicas that are copied. */
  readonly replicas: number;
  /** Bytes that are copied. */
  readonly bytes: number;
  /** Partitions of which only the order of the replicas changes, which copies nothing. */
  readonly reordered: number;
  /**
   * Seconds for all moves together if each broker sends and receives at most so much. The busiest broker decides, and
   * the time of what is written meanwhile is not included.
   */
  readonly secondsAt: (rate: BytesPerSecond) => number;
  /**
   * Bytes on each broker when all copies are complete and no old replica is deleted yet, as Kafka deletes them only
   * when a move ends.
   *
   * @param used bytes in use now, by broker
   */
  readonly peakBytes: (used: ReadonlyMap<number, number>) => ReadonlyMap<number, number>;
}

type Counts = { -readonly [Key in keyof BrokerTraffic]: BrokerTraffic[Key] };

/**
 * What moves mean for the brokers and their disks. The source of all copies of a partition is its leader: taken for it
 * is the first of its replicas that stays, or its first replica if none stays.
 */
export function summarizeMoves(moves: readonly Move[]): MovesSummary {
  const byId = new Map<number, Counts>();
  for (const move of moves) addMove(move, byId);
  const brokers = [...byId.values()].sort((a, b) => a.id - b.id);
  const busiest = Math.max(0, ...brokers.map(({ incoming, outgoing }) => Math.max(incoming, outgoing)));
  return {
    brokers,
    replicas: sum(brokers, ({ replicasIn }) => replicasIn),
    bytes: sum(brokers, ({ incoming }) => incoming),
    reordered: moves.filter(({ from, to }) => to.every((id) => from.includes(id))).length,
    secondsAt: (rate) => (busiest === 0 ? 0 : busiest / rate),
    peakBytes: (used) => {
      const ids = [...new Set([...used.keys(), ...byId.keys()])].sort((a, b) => a - b);
      return new Map(ids.map((id) => [id, (used.get(id) ?? 0) + (byId.get(id)?.incoming ?? 0)]));
    },
  };
}

function addMove({ from, to, bytes }: Move, byId: Map<number, Counts>): void {
  const added = to.filter((id) => !from.includes(id));
  const removed = from.filter((id) => !to.includes(id));
  const source = from.find((id) => to.includes(id)) ?? from[0];
  for (const id of added) {
    const counts = countsOf(id, byId);
    counts.incoming += bytes;
    counts.replicasIn += 1;
    if (source !== undefined) countsOf(source, byId).outgoing += bytes;
  }
  for (const id of removed) {
    const counts = countsOf(id, byId);
    counts.freed += bytes;
    counts.replicasOut += 1;
  }
}

function countsOf(id: number, byId: Map<number, Counts>): Counts {
  const counts = byId.get(id) ?? { id, incoming: 0, outgoing: 0, replicasIn: 0, replicasOut: 0, freed: 0 };
  byId.set(id, counts);
  return counts;
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);
