import {
  isCaughtUp,
  majorityOf,
  stopObstacles,
  type Obstacle,
  type GuardedPartition,
} from '../../../../../src/components/kafka-cluster/guard/stop-rule';
import type { QuorumDescription, QuorumReplica } from '../../../../../src/protocol/describe-quorum';

const NOW = 1_700_000_000_000n;
const SELF = 0;

const voter = (replicaId: number, behindMs = 0): QuorumReplica => ({
  replicaId,
  logEndOffset: 100n,
  lastFetchTimestamp: NOW,
  lastCaughtUpTimestamp: NOW - BigInt(behindMs),
});

const quorumOf = (leaderId: number, voters: readonly QuorumReplica[]): QuorumDescription => ({
  leaderId,
  leaderEpoch: 1,
  highWatermark: 100n,
  voters,
});

const healthyQuorum = quorumOf(1, [voter(0), voter(1), voter(2)]);

const partition = (override: Partial<GuardedPartition>): GuardedPartition => ({
  topic: 'orders',
  partition: 4,
  leaderId: 1,
  leaderEpoch: 0,
  replicas: [0, 1, 2],
  inSyncReplicas: [0, 1, 2],
  minInsyncReplicas: 2,
  ...override,
});

const textsOf = (all: readonly Obstacle[]): readonly string[] => all.map(({ text }) => text);

const obstacles = (override: Partial<GuardedPartition>): readonly string[] =>
  textsOf(stopObstacles({ partitions: [partition(override)], quorum: healthyQuorum }, SELF));

const subsetsOf = (ids: readonly number[]): number[][] =>
  ids.reduce<number[][]>((all, id) => [...all, ...all.map((one) => [...one, id])], [[]]);

/** Every replica set of up to four brokers, every ISR of it, every min ISR. */
const everyPartition = subsetsOf([0, 1, 2, 3])
  .filter((replicas) => replicas.length > 0)
  .flatMap((replicas) =>
    subsetsOf(replicas).flatMap((inSyncReplicas) =>
      [1, 2, 3, 4].map((minInsyncReplicas) => partition({ replicas, inSyncReplicas, minInsyncReplicas })),
    ),
  );

describe('a broker may stop', () => {
  it('when all replicas are in sync and the quorum is whole', () => {
    expect(obstacles({})).toEqual([]);
  });

  it.each([
    ['min ISR would still be met without it', { inSyncReplicas: [0, 1, 2] }],
    ['it is out of sync itself and the others meet min ISR', { inSyncReplicas: [1, 2] }],
    ['it holds no replica of what is below min ISR', { replicas: [1, 2, 3], inSyncReplicas: [1] }],
    ['the topic has a single replica', { replicas: [0], inSyncReplicas: [0], minInsyncReplicas: 1 }],
    ['the topic can never spare a replica', { replicas: [0, 1], inSyncReplicas: [0, 1], minInsyncReplicas: 2 }],
    ['the topic asks for more than it has', { replicas: [0, 1], inSyncReplicas: [0], minInsyncReplicas: 3 }],
  ])('when %s', (_, override) => {
    expect(obstacles(override)).toEqual([]);
  });
});

describe('a broker must not stop', () => {
  it.each([
    [
      'it is needed for min ISR',
      { inSyncReplicas: [0, 1] },
      'orders-4 would fall below its min ISR 2: only 0, 1 in sync',
    ],
    ['it is the only one in sync', { inSyncReplicas: [0] }, 'orders-4 is already below its min ISR 2: only 0 in sync'],
    [
      'writes are refused already and it has to catch up',
      { inSyncReplicas: [1] },
      'orders-4 is already below its min ISR 2: only 1 in sync',
    ],
    [
      'the partition is offline',
      { leaderId: -1, inSyncReplicas: [] },
      'orders-4 is already below its min ISR 2: only none in sync',
    ],
    [
      'it is the last replica in sync at min ISR 1',
      { inSyncReplicas: [0], minInsyncReplicas: 1 },
      'orders-4 would fall below its min ISR 1: only 0 in sync',
    ],
  ])('when %s', (_, override, reason) => {
    expect(obstacles(override)).toEqual([reason]);
  });

  it('and every partition that speaks against it is named', () => {
    const partitions = [
      partition({ partition: 0, inSyncReplicas: [0, 1] }),
      partition({ partition: 1 }),
      partition({ partition: 2, inSyncReplicas: [2] }),
    ];
    expect(textsOf(stopObstacles({ partitions, quorum: healthyQuorum }, SELF))).toEqual([
      expect.stringMatching(/^orders-0 /),
      expect.stringMatching(/^orders-2 /),
    ]);
  });
});

describe(`over all ${everyPartition.length} partitions of up to four brokers, a stop`, () => {
  const sparesAReplica = ({ replicas, minInsyncReplicas }: GuardedPartition): boolean =>
    replicas.length > minInsyncReplicas;
  const mayStop = (one: GuardedPartition): boolean =>
    stopObstacles({ partitions: [one], quorum: healthyQuorum }, SELF).length === 0;
  const held = everyPartition.filter(({ replicas }) => replicas.includes(SELF));

  it('that is let through never leaves a partition below min ISR that could have met it', () => {
    const left = held
      .filter((one) => sparesAReplica(one) && mayStop(one))
      .map(
        ({ inSyncReplicas, minInsyncReplicas }) =>
          inSyncReplicas.filter((id) => id !== SELF).length - minInsyncReplicas,
      );
    expect(left.length).toBeGreaterThan(0);
    expect(Math.min(...left)).toBeGreaterThanOrEqual(0);
  });

  it('that is held up would have left one below min ISR', () => {
    const left = held
      .filter((one) => !mayStop(one))
      .map(
        ({ inSyncReplicas, minInsyncReplicas }) =>
          inSyncReplicas.filter((id) => id !== SELF).length - minInsyncReplicas,
      );
    expect(left.length).toBeGreaterThan(0);
    expect(Math.max(...left)).toBeLessThan(0);
  });

  it('is never held up by a topic that can spare no replica, nor by one of other brokers', () => {
    const exempt = everyPartition.filter((one) => !sparesAReplica(one) || !one.replicas.includes(SELF));
    expect(exempt.every(mayStop)).toBe(true);
  });
});

it('tells what keeps writes apart from what keeps the quorum', () => {
  const view = { partitions: [partition({ inSyncReplicas: [0, 1] })], quorum: undefined };
  expect(stopObstacles(view, SELF).map(({ kind }) => kind)).toEqual(['quorum', 'min-isr']);
});

describe('the quorum', () => {
  const reasons = (quorum: QuorumDescription | undefined): readonly string[] =>
    textsOf(stopObstacles({ partitions: [], quorum }, SELF));

  it.each([
    ['no controller answers', undefined, 'no controller answers'],
    ['none leads', quorumOf(-1, [voter(0), voter(1), voter(2)]), 'no controller leads the quorum'],
    [
      'another voter is behind',
      quorumOf(1, [voter(0), voter(1), voter(2, 2_001)]),
      'the quorum would lose its majority: 1 of 2 other voters caught up; behind: 2',
    ],
    [
      'both others are behind the one that stops',
      quorumOf(0, [voter(0), voter(1, 9_000), voter(2, 9_000)]),
      'the quorum would lose its majority: 0 of 2 other voters caught up; behind: 1, 2',
    ],
    [
      'two of five are behind',
      quorumOf(
        1,
        [0, 1, 2, 3, 4].map((id) => voter(id, id > 2 ? 5_000 : 0)),
      ),
      'the quorum would lose its majority: 2 of 3 other voters caught up; behind: 3, 4',
    ],
  ])('keeps its voter when %s', (_, quorum, reason) => {
    expect(reasons(quorum)).toEqual([reason]);
  });

  it.each([
    ['all have caught up', healthyQuorum],
    ['it leads itself and the others have caught up', quorumOf(0, [voter(0), voter(1), voter(2)])],
    ['it is behind itself', quorumOf(1, [voter(0, 60_000), voter(1), voter(2)])],
    [
      'one of five is behind',
      quorumOf(
        1,
        [0, 1, 2, 3, 4].map((id) => voter(id, id > 3 ? 5_000 : 0)),
      ),
    ],
    ['it is no voter', quorumOf(1, [voter(1), voter(2, 9_000), voter(3, 9_000)])],
    ['it is the only voter', quorumOf(0, [voter(0)])],
  ])('spares a voter when %s', (_, quorum) => {
    expect(reasons(quorum)).toEqual([]);
  });

  it('over every set of voters that have caught up, is left a majority of them', () => {
    for (const count of [3, 5]) {
      const ids = Array.from({ length: count }, (_, id) => id);
      for (const caughtUp of subsetsOf(ids)) {
        for (const leader of caughtUp) {
          const quorum = quorumOf(
            leader,
            ids.map((id) => voter(id, caughtUp.includes(id) ? 0 : 10_000)),
          );
          const remaining = caughtUp.filter((id) => id !== SELF).length;
          expect(reasons(quorum).length === 0).toBe(remaining >= majorityOf(count));
        }
      }
    }
  });

  it('takes a voter for caught up within the fetch timeout of 2 s', () => {
    expect([isCaughtUp(voter(2, 2_000), voter(1)), isCaughtUp(voter(2, 2_001), voter(1))]).toEqual([true, false]);
  });
});
