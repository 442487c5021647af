import type { Move } from '../../../src/components/kafka-cluster/reassignment/model';
import { summarizeMoves } from '../../../src/components/kafka-cluster/reassignment/moves-summary';
import { bytes, mebibytes, type BytesPerSecond } from '../../../src/validation/units';

const perSecond = (count: number): BytesPerSecond => count as BytesPerSecond;

const move = (from: readonly number[], to: readonly number[], size = 100): Move => ({
  topic: 'orders',
  partition: 0,
  from,
  to,
  bytes: size,
});

describe('a summary of moves', () => {
  it('counts what brokers copy, send and delete', () => {
    const { brokers, replicas, bytes: copied } = summarizeMoves([move([0, 1], [0, 2]), move([1, 2], [2, 3], 50)]);
    const none = { incoming: 0, outgoing: 0, replicasIn: 0, replicasOut: 0, freed: 0 };
    expect(brokers).toEqual([
      { ...none, id: 0, outgoing: 100 },
      { ...none, id: 1, replicasOut: 2, freed: 150 },
      { ...none, id: 2, incoming: 100, outgoing: 50, replicasIn: 1 },
      { ...none, id: 3, incoming: 50, replicasIn: 1 },
    ]);
    expect({ replicas, copied }).toEqual({ replicas: 2, copied: 150 });
  });

  it('takes the first replica for the source if none stays, for each of the copies', () => {
    const { brokers } = summarizeMoves([move([4, 5], [0, 1])]);
    expect(brokers.find(({ id }) => id === 4)).toMatchObject({ outgoing: 200, freed: 100 });
    expect(brokers.find(({ id }) => id === 5)).toMatchObject({ outgoing: 0, freed: 100 });
  });

  it('takes the time of the broker that sends or receives most', () => {
    const sends = summarizeMoves([move([0], [0, 1]), move([0], [0, 2]), move([0], [0, 3])]);
    expect(sends.secondsAt(perSecond(10))).toBe(30);
    const receives = summarizeMoves([move([0, 9], [0, 3]), move([1, 9], [1, 3]), move([2, 9], [2, 3], 300)]);
    expect(receives.secondsAt(perSecond(10))).toBe(50);
  });

  it('of a new order of the replicas takes no time and no bytes', () => {
    const summary = summarizeMoves([move([0, 1], [1, 0]), move([0, 1], [0, 2])]);
    expect(summary).toMatchObject({ reordered: 1, replicas: 1 });
    const { brokers, secondsAt } = summarizeMoves([move([0, 1], [1, 0])]);
    expect(brokers).toEqual([]);
    expect(secondsAt(perSecond(10))).toBe(0);
  });

  it('adds copies to what is in use, and subtracts nothing', () => {
    const { peakBytes } = summarizeMoves([move([0, 1], [2, 1])]);
    const used = new Map([
      [0, bytes(500)],
      [1, mebibytes(1)],
    ]);
    expect([...peakBytes(used)]).toEqual([
      [0, 500],
      [1, 2 ** 20],
      [2, 100],
    ]);
  });
});
