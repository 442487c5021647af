import { batchesOf } from '../../../src/components/kafka-cluster/reassignment/batches';
import type { Move } from '../../../src/components/kafka-cluster/reassignment/model';

const moveTo = (receiver: number, partition: number): Move => ({
  topic: `for-${receiver}`,
  partition,
  from: [0],
  to: [receiver],
  bytes: 1,
});

const movesTo = (receiver: number, count: number): readonly Move[] =>
  Array.from({ length: count }, (_, partition) => moveTo(receiver, partition));

const receivers = (moves: readonly Move[], size: number): readonly (readonly number[])[] =>
  batchesOf(moves, size).map((batch) => batch.map(({ to }) => to[0] ?? NaN).toSorted((a, b) => a - b));

describe('batches of moves', () => {
  it('have at most the given number of partitions, and no move is left or twice', () => {
    const moves = [...movesTo(1, 5), ...movesTo(2, 2)];
    const batches = batchesOf(moves, 3);
    expect(batches.map(({ length }) => length)).toEqual([3, 3, 1]);
    expect(new Set(batches.flat())).toEqual(new Set(moves));
  });

  it('do not exist if there are no moves', () => {
    expect(batchesOf([], 3)).toEqual([]);
  });

  it('have a move to each of the brokers that receive as many', () => {
    const moves = [...movesTo(1, 3), ...movesTo(2, 3), ...movesTo(3, 3)];
    expect(receivers(moves, 3)).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it('have as many moves each to a broker that receives more', () => {
    expect(receivers([...movesTo(1, 6), ...movesTo(2, 3)], 3)).toEqual([
      [1, 1, 2],
      [1, 1, 2],
      [1, 1, 2],
    ]);
  });

  it('spread moves that only change the order of replicas, too', () => {
    const reorder = [0, 1].map((partition): Move => ({
      ...moveTo(1, partition),
      topic: 'order',
      from: [1, 0],
      to: [0, 1],
    }));
    const batches = batchesOf([...movesTo(1, 2), ...reorder], 2);
    expect(batches.map((batch) => batch.map(({ topic }) => topic).toSorted())).toEqual([
      ['for-1', 'order'],
      ['for-1', 'order'],
    ]);
  });

  it('are the same for the same moves in any order', () => {
    const moves = [...movesTo(1, 4), ...movesTo(2, 3), ...movesTo(3, 2)];
    expect(batchesOf(moves.toReversed(), 2)).toEqual(batchesOf(moves, 2));
  });

  it('cannot be empty', () => {
    expect(() => batchesOf(movesTo(1, 1), 0)).toThrow('a batch has at least one partition, not 0');
  });
});
