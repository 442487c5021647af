import type { Move } from './model';

/**
 * Moves in batches that run one after another. Each receiving broker has its moves spread evenly over all batches, so
 * that no batch copies to a few brokers only. A move counts for the first broker that it is new on; moves that copy
 * nothing are spread likewise.
 *
 * @param size partitions of a batch, at least 1
 * @returns batches in an order that does not depend on that of the moves
 */
export function batchesOf(moves: readonly Move[], size: number): readonly (readonly Move[])[] {
  if (!(size >= 1)) throw new RangeError(`a batch has at least one partition, not ${size}`);
  const spread = spreadByReceiver(moves);
  const count = Math.ceil(spread.length / size);
  return Array.from({ length: count }, (_, batch) => spread.slice(batch * size, (batch + 1) * size));
}

/** Of n moves to a broker, move k is (k + 1/2) / n of the way, whatever the number of moves to other brokers. */
function spreadByReceiver(moves: readonly Move[]): readonly Move[] {
  const groups = new Map<number, Move[]>();
  for (const move of [...moves].sort(byPartition)) {
    const receiver = receiverOf(move);
    const group = groups.get(receiver);
    if (group === undefined) groups.set(receiver, [move]);
    else group.push(move);
  }
  return [...groups]
    .flatMap(([receiver, group]) =>
      group.map((move, index) => ({ move, receiver, place: (index + 0.5) / group.length })),
    )
    .sort((a, b) => a.place - b.place || a.receiver - b.receiver)
    .map(({ move }) => move);
}

/** No broker has this id. */
const NONE = -1;

const receiverOf = ({ from, to }: Move): number => to.find((id) => !from.includes(id)) ?? NONE;

/** Topics by code units, which is the same in every locale. */
const byPartition = (a: Move, b: Move): number =>
  a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1;
