import { groupLags, type TopicLag } from '../../../../src/components/lag-exporter/lag';
import type { GroupSnapshot } from '../../../../src/components/lag-exporter/read-groups';
import type { LogOffsets } from '../../../../src/components/lag-exporter/read-logs';
import type { PartitionSnapshot } from '../../../../src/components/lag-exporter/snapshot';

const partition = (id: number, log: LogOffsets | undefined): PartitionSnapshot => ({
  partition: id,
  leaderEpoch: 0,
  leaderId: log === undefined ? -1 : 0,
  replicas: [0],
  inSyncReplicas: [0],
  log,
});

const log = (start: number, lastStable: number, highWatermark = lastStable): LogOffsets => ({
  start: BigInt(start),
  lastStable: BigInt(lastStable),
  highWatermark: BigInt(highWatermark),
});

type Commit = readonly [partition: number, offset: number];

const orders = (logs: readonly (LogOffsets | undefined)[], passedOver?: readonly (readonly [bigint, bigint])[]) => ({
  name: 'orders',
  partitions: logs.map((one, id) => ({
    ...partition(id, one),
    ...(passedOver && { passedOver: new Map(passedOver) }),
  })),
});

const group = (change: Partial<GroupSnapshot> = {}, ...commits: readonly Commit[]): GroupSnapshot => ({
  group: 'billing',
  type: 'classic',
  state: 'Stable',
  members: 1,
  assigned: new Map(),
  committed:
    commits.length === 0 ? new Map() : new Map([['orders', new Map(commits.map(([id, at]) => [id, BigInt(at)]))]]),
  ...change,
});

const lagOf = (of: GroupSnapshot, topic: ReturnType<typeof orders>): TopicLag | undefined =>
  groupLags(of, new Map([['orders', topic]]))[0];

/** The lag on partitions with these logs, of a group with these commits and without members. */
const lagOn = (logs: readonly (LogOffsets | undefined)[], ...commits: readonly Commit[]): TopicLag | undefined =>
  lagOf(group({}, ...commits), orders(logs));

const lags = (of: TopicLag | undefined): readonly unknown[] | undefined => of?.partitions.map(({ lag }) => lag);

describe('lag', () => {
  it.each([
    ['counts from the commit to the end of the log', log(0, 100), 40, 60n],
    ['is 0 when everything is read', log(0, 100), 100, 0n],
    ['counts from the first record that is left when the commit is older', log(70, 100), 40, 30n],
    ['is 0 when every record is deleted', log(100, 100), 40, 0n],
    ['is 0, never less, when the commit is beyond the end of a topic made anew', log(0, 10), 500, 0n],
    ['leaves out records of an open transaction', log(0, 100, 130), 40, 60n],
    ['is 0 for who has read into an open transaction', log(0, 100, 130), 120, 0n],
    ['is 0 on an empty topic', log(0, 0), 0, 0n],
  ])('%s', (_, of, commit, expected) => {
    expect(lagOn([of], [0, commit])).toEqual({
      topic: 'orders',
      partitions: [{ partition: 0, currentOffset: BigInt(commit), lag: expected }],
      currentOffsetSum: BigInt(commit),
      lagSum: expected,
    });
  });

  it('is -1 without a commit and a reading member, and does not count in a sum', () => {
    expect(lagOn([log(0, 100), log(0, 100), log(5, 100)], [0, 40], [2, 60])).toEqual({
      topic: 'orders',
      partitions: [
        { partition: 0, currentOffset: 40n, lag: 60n },
        { partition: 1, currentOffset: -1n, lag: -1n },
        { partition: 2, currentOffset: 60n, lag: 40n },
      ],
      currentOffsetSum: 100n,
      lagSum: 100n,
    });
  });

  it.each([[-1], [-2]])('treats a commit of %i as none', (commit) => {
    expect(lagOn([log(0, 10), log(0, 10)], [0, commit], [1, 4])).toMatchObject({
      partitions: [{ currentOffset: -1n, lag: -1n }, { lag: 6n }],
      currentOffsetSum: 4n,
    });
    expect(lagOn([log(0, 10)], [0, commit])).toBeUndefined();
  });

  it('does not exist on a topic without a commit of the group', () => {
    expect(lagOn([log(0, 100)])).toBeUndefined();
  });

  it('does not exist if only deleted partitions have commits', () => {
    expect(lagOn([log(0, 100)], [7, 3])).toBeUndefined();
  });

  it('is unknown without a leader, but the commit and the other partitions stay', () => {
    const known = lagOn([undefined, log(0, 100), undefined], [0, 40], [1, 90]);
    expect(lags(known)).toEqual([undefined, 10n, undefined]);
    expect(known).toMatchObject({ currentOffsetSum: 130n, lagSum: 10n });
  });

  it('has no sum, instead of 0, if all of it is unknown', () => {
    expect(lagOn([undefined], [0, 40])?.lagSum).toBeUndefined();
    expect(lagOn([undefined, log(0, 9)], [0, 40])?.lagSum).toBeUndefined();
  });

  it('is exact beyond what a double holds', () => {
    const end = 2n ** 60n + 1n;
    const huge = partition(0, { start: 0n, lastStable: end, highWatermark: end });
    const committed = new Map([['orders', new Map([[0, 2n ** 60n]])]]);
    expect(lagOf(group({ committed }), { name: 'orders', partitions: [huge] })?.lagSum).toBe(1n);
  });
});

describe('over all logs and commits of up to five records', () => {
  const upTo = (from: number): readonly number[] => Array.from({ length: 6 - from }, (_, index) => from + index);
  const cases = upTo(0).flatMap((start) =>
    upTo(start).flatMap((lastStable) =>
      upTo(lastStable).flatMap((end) =>
        [undefined, -1, ...upTo(0), 9].map((commit) => ({ of: log(start, lastStable, end), commit })),
      ),
    ),
  );

  it('lag is never negative except for -1 without a commit, and never exceeds the number of records', () => {
    for (const { of, commit } of cases) {
      // Another partition with a commit keeps the topic in the result.
      const commits = commit === undefined ? [] : [[0, commit] as const];
      const [first] = lagOn([of, log(0, 1)], [1, 1], ...commits)?.partitions ?? [];
      const readable = Math.max(0, Number(of.lastStable - of.start));
      if (commit === undefined || commit < 0) expect(first?.lag).toBe(-1n);
      else expect(Number(first?.lag)).toBe(Math.min(readable, Math.max(0, Number(of.lastStable) - commit)));
    }
  });
});

describe('lag without a commit', () => {
  const holds = (...partitions: readonly number[]) => ({ assigned: new Map([['orders', new Set(partitions)]]) });

  it('counts from the beginning of the log if a member holds the partition', () => {
    expect(lagOf(group(holds(0, 1)), orders([log(0, 6_000), log(70, 100), log(0, 50)]))).toEqual({
      topic: 'orders',
      partitions: [
        { partition: 0, currentOffset: -1n, lag: 6_000n },
        { partition: 1, currentOffset: -1n, lag: 30n },
        { partition: 2, currentOffset: -1n, lag: -1n },
      ],
      currentOffsetSum: undefined,
      lagSum: 6_030n,
    });
  });

  it('is part of the sum if other partitions have a commit', () => {
    expect(lagOf(group(holds(0, 1), [0, 40]), orders([log(0, 100), log(0, 100)]))).toMatchObject({
      currentOffsetSum: 40n,
      lagSum: 160n,
    });
  });

  it('of a share group is unknown if its coordinator does not know it', () => {
    const lagsOf = new Map([
      [
        'orders',
        new Map([
          [0, 7n],
          [1, -1n],
        ]),
      ],
    ]);
    const logs = [log(0, 100), log(0, 100), log(0, 100)];
    expect(lagOf(group({ ...holds(0, 1, 2), lags: lagsOf }), orders(logs))).toMatchObject({
      // The coordinator does not mention the last partition.
      partitions: [{ lag: 7n }, { lag: -1n }, { lag: -1n }],
      lagSum: 7n,
    });
  });
});

describe('lag of invisible records', () => {
  it('is 0 if only such records are left', () => {
    expect(lags(lagOf(group({}, [0, 20]), orders([log(0, 721)], [[20n, 721n]])))).toEqual([0n]);
  });

  it('counts from the first visible record', () => {
    expect(lags(lagOf(group({}, [0, 20]), orders([log(0, 800)], [[20n, 721n]])))).toEqual([79n]);
  });

  it('applies to the given position only', () => {
    expect(lags(lagOf(group({}, [0, 10]), orders([log(0, 721)], [[20n, 721n]])))).toEqual([711n]);
  });
});
