import { planMoves } from '../../../src/components/kafka-cluster/reassignment/plan-moves';
import { UserError } from '../../../src/validation/user-error';
import { brokersOf, copies, leaderCounts, planned, racksOf, replicaCounts, spread, times, topic } from './placements';

const counts = (map: ReadonlyMap<number, number>): readonly number[] => [...map.values()];

/** Six partitions on three brokers, with even leaders. */
const orders = topic(
  'orders',
  times(2, [
    [0, 1, 2],
    [1, 2, 0],
    [2, 0, 1],
  ]),
);

describe('a plan', () => {
  it('is empty if everything is even', () => {
    expect(planMoves({ partitions: orders, brokers: brokersOf('abc'), drained: [] })).toEqual([]);
  });

  it('is empty for a cluster without partitions', () => {
    expect(planMoves({ partitions: [], brokers: brokersOf('abc'), drained: [] })).toEqual([]);
  });

  it('is empty for a single broker', () => {
    const partitions = topic('orders', times(4, [[0]]));
    expect(planMoves({ partitions, brokers: brokersOf('a'), drained: [] })).toEqual([]);
  });

  it('names moves by topic and partition, with the replicas of before and afterwards and the size', () => {
    const partitions = [...topic('b', [[0]], 7), ...topic('a', [[0], [0]], 5)];
    expect(planMoves({ partitions, brokers: brokersOf('-'), drained: [] })).toEqual([]);
    expect(planMoves({ partitions, brokers: brokersOf('--').slice(1), drained: [0] })).toEqual([
      { topic: 'a', partition: 0, from: [0], to: [1], bytes: 5 },
      { topic: 'a', partition: 1, from: [0], to: [1], bytes: 5 },
      { topic: 'b', partition: 0, from: [0], to: [1], bytes: 7 },
    ]);
  });
});

describe('brokers are added', () => {
  it('and get their share of each topic, in their own racks', () => {
    const input = { partitions: orders, brokers: brokersOf('abcab'), drained: [] };
    const after = planned(input);
    // Three racks and three replicas: each rack has six replicas, which its brokers share.
    expect(counts(replicaCounts(after, input.brokers))).toEqual([3, 3, 6, 3, 3]);
    expect(after.map(({ replicas }) => racksOf(replicas, input.brokers))).toEqual([3, 3, 3, 3, 3, 3]);
    expect(spread(leaderCounts(after, input.brokers))).toBe(1);
    expect(planMoves(input).reduce((sum, move) => sum + copies(move), 0)).toBe(6);
  });

  it('and without racks no topic remains on the old ones', () => {
    const input = {
      partitions: [
        ...orders,
        ...topic(
          'payments',
          orders.map(({ replicas }) => replicas),
        ),
      ],
      brokers: brokersOf('-----'),
      drained: [],
    };
    const after = planned(input);
    for (const name of ['orders', 'payments']) {
      const own = after.filter((partition) => partition.topic === name);
      expect(counts(replicaCounts(own, input.brokers)).toSorted()).toEqual([3, 3, 4, 4, 4]);
    }
    expect(spread(replicaCounts(after, input.brokers))).toBe(1);
  });

  it('and small topics fill them together, though each of these is even as it is', () => {
    const partitions = Array.from({ length: 12 }, (_, index) => topic(`t${index}`, [[index % 3]])).flat();
    const input = { partitions, brokers: brokersOf('----'), drained: [] };
    expect(counts(replicaCounts(planned(input), input.brokers))).toEqual([3, 3, 3, 3]);
    expect(planMoves(input)).toHaveLength(3);
    expect(planMoves(input).every(({ to }) => to[0] === 3)).toBe(true);
  });

  it('and get large replicas where counts leave a choice', () => {
    const partitions = [...topic('small', times(4, [[0]]), 1), ...topic('large', times(4, [[0]]), 100)];
    const after = planned({ partitions, brokers: brokersOf('--'), drained: [] });
    const bytes = (id: number): number =>
      after.filter(({ replicas }) => replicas.includes(id)).reduce((sum, { bytes: own }) => sum + own, 0);
    expect([bytes(0), bytes(1)]).toEqual([202, 202]);
    const sizes = [900, 1, 1, 1, 1, 900].map((size, index) => ({
      ...topic('mixed', [[0]], size)[0],
      partition: index,
    }));
    const mixed = planMoves({ partitions: sizes as typeof partitions, brokers: brokersOf('--'), drained: [] });
    expect(mixed.filter(({ bytes: own }) => own === 900)).toHaveLength(1);
  });
});

describe('brokers are drained', () => {
  const five = topic(
    'orders',
    times(2, [
      [0, 1, 2],
      [1, 2, 3],
      [2, 3, 4],
      [3, 4, 0],
      [4, 0, 1],
    ]),
  );

  it('and the others share what they had', () => {
    const input = { partitions: five, brokers: brokersOf('---'), drained: [3, 4] };
    const after = planned(input);
    expect(counts(replicaCounts(after, input.brokers))).toEqual([10, 10, 10]);
    expect(spread(leaderCounts(after, input.brokers))).toBe(1);
    // Two of five brokers had 12 of 30 replicas, and only these are copied.
    expect(planMoves(input).reduce((sum, move) => sum + copies(move), 0)).toBe(12);
  });

  it('also if they are among those that may store replicas', () => {
    const input = { partitions: five, brokers: brokersOf('-----'), drained: [3, 4] };
    expect(counts(replicaCounts(planned(input), input.brokers))).toEqual([10, 10, 10, 0, 0]);
  });

  it('and so are brokers that are gone: their ids need not be named', () => {
    const input = { partitions: five, brokers: brokersOf('---'), drained: [] };
    expect(planMoves(input)).toEqual(planMoves({ ...input, drained: [3, 4] }));
  });

  it('and a replica that stays is preferred to a new one as the leader', () => {
    const input = { partitions: topic('orders', [[3, 0]]), brokers: brokersOf('---'), drained: [3] };
    expect(planned(input).map(({ replicas }) => replicas[0])).toEqual([0]);
  });

  it('but not so many that a topic has more replicas than brokers: the error names all such topics and the fix', () => {
    const partitions = [...topic('wide', [[0, 1, 2, 3]]), ...five, ...topic('narrow', [[0]])];
    const plan = () => planMoves({ partitions, brokers: brokersOf('--'), drained: [2, 3, 4] });
    expect(plan).toThrow(UserError);
    expect(plan).toThrow('Too few brokers can store replicas: 2 (0, 1).');
    expect(plan).toThrow('orders: 3 replicas need 3 brokers\n  wide: 4 replicas need 4 brokers\n  fix: ');
    expect(plan).not.toThrow('narrow');
  });
});

describe('racks', () => {
  it('are corrected even if all counts are even', () => {
    // Brokers 0 and 1 are in rack a, 2 and 3 in rack b.
    const input = {
      partitions: topic('orders', [
        [0, 1],
        [1, 0],
        [2, 3],
        [3, 2],
      ]),
      brokers: brokersOf('aabb'),
      drained: [],
    };
    expect(spread(replicaCounts(input.partitions, input.brokers))).toBe(0);
    const after = planned(input);
    expect(after.map(({ replicas }) => racksOf(replicas, input.brokers))).toEqual([2, 2, 2, 2]);
    expect(spread(replicaCounts(after, input.brokers))).toBe(0);
    expect(planMoves(input).reduce((sum, move) => sum + copies(move), 0)).toBe(4);
  });

  it('that remain after one is lost have all replicas, and each has at least one of each partition', () => {
    const partitions = topic(
      'orders',
      times(2, [
        [0, 2, 4],
        [1, 3, 5],
        [2, 4, 1],
        [3, 5, 0],
      ]),
    );
    const input = { partitions, brokers: brokersOf('aabbcc').slice(0, 4), drained: [] };
    const after = planned(input);
    expect(after.map(({ replicas }) => racksOf(replicas, input.brokers))).toEqual(times(8, [2]));
    expect(counts(replicaCounts(after, input.brokers))).toEqual([6, 6, 6, 6]);
    // A replica that survives is not copied.
    expect(planMoves(input).reduce((sum, move) => sum + copies(move), 0)).toBe(8);
  });

  it('of different sizes have the same number of replicas if every partition needs all of them', () => {
    const input = { partitions: topic('orders', times(8, [[0, 1, 2]])), brokers: brokersOf('abcccc'), drained: [] };
    expect(counts(replicaCounts(planned(input), input.brokers))).toEqual([8, 8, 2, 2, 2, 2]);
  });

  it('of different sizes have replicas by the number of their brokers if partitions have a choice', () => {
    const input = { partitions: topic('orders', times(8, [[0]])), brokers: brokersOf('abbb'), drained: [] };
    expect(counts(replicaCounts(planned(input), input.brokers))).toEqual([2, 2, 2, 2]);
  });

  it('that are smaller than their share take as much as they can, and the others share the rest', () => {
    // Two replicas over racks of 1 and 4 brokers: one in each rack. Over 1, 1 and 4: equal shares were 1/3 of a
    // replica, and 4/3 for the third rack, which can have only 1; the other two racks share the rest.
    const partitions = topic('orders', times(8, [[0, 1]]));
    const two = { partitions, brokers: brokersOf('abbbb'), drained: [] };
    expect(counts(replicaCounts(planned(two), two.brokers))).toEqual([8, 2, 2, 2, 2]);
    const three = { partitions, brokers: brokersOf('abcccc'), drained: [] };
    expect(counts(replicaCounts(planned(three), three.brokers))).toEqual([4, 4, 2, 2, 2, 2]);
  });

  it('that some brokers lack: these are in one rack of their own', () => {
    const input = { partitions: topic('orders', times(4, [[0, 1]])), brokers: brokersOf('--aa'), drained: [] };
    expect(planned(input).map(({ replicas }) => racksOf(replicas, input.brokers))).toEqual([2, 2, 2, 2]);
  });
});

describe('preferred leaders', () => {
  it('are evened out by order alone, and nothing is copied', () => {
    const input = { partitions: topic('orders', times(6, [[0, 1, 2]])), brokers: brokersOf('abc'), drained: [] };
    expect(counts(leaderCounts(planned(input), input.brokers))).toEqual([2, 2, 2]);
    expect(planMoves(input)).toHaveLength(4);
    expect(planMoves(input).map(copies)).toEqual([0, 0, 0, 0]);
  });

  it('are evened out within each topic', () => {
    const partitions = [
      ...topic('a', times(3, [[0, 1, 2]])),
      ...topic('b', [
        [1, 2, 0],
        [1, 2, 0],
        [2, 0, 1],
      ]),
    ];
    const input = { partitions, brokers: brokersOf('abc'), drained: [] };
    const after = planned(input);
    for (const name of ['a', 'b'])
      expect(
        counts(
          leaderCounts(
            after.filter((one) => one.topic === name),
            input.brokers,
          ),
        ),
      ).toEqual([1, 1, 1]);
  });

  it('are evened out over topics of one partition', () => {
    const partitions = Array.from({ length: 9 }, (_, index) => topic(`t${index}`, [[0, 1, 2]])).flat();
    const input = { partitions, brokers: brokersOf('abc'), drained: [] };
    expect(counts(leaderCounts(planned(input), input.brokers))).toEqual([3, 3, 3]);
  });

  it('are evened out over several partitions if no single change does', () => {
    // 0 leads three, 1 two and 2 one; 0 shares no partition with 2.
    const partitions = topic('orders', [
      [0, 1],
      [0, 1],
      [0, 1],
      [1, 2],
      [1, 2],
      [2, 1],
    ]);
    const input = { partitions, brokers: brokersOf('---'), drained: [] };
    expect(counts(leaderCounts(planned(input), input.brokers))).toEqual([2, 2, 2]);
  });
});
