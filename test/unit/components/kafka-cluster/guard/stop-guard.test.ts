import { seconds } from '../../../../../src/validation/units';
import type { Reading } from '../../../../../src/components/kafka-cluster/guard/cluster-reader';
import type { StopStatus } from '../../../../../src/components/kafka-cluster/guard/peers';
import { StopGuard } from '../../../../../src/components/kafka-cluster/guard/stop-guard';

/** Enough of a healthy cluster for the rule, which has tests of its own. */
const clusterWith = (inSyncReplicas: readonly number[]): Reading => ({
  isOwnDown: false,
  views: [
    {
      quorum: {
        leaderId: 1,
        leaderEpoch: 1,
        highWatermark: 1n,
        voters: [0, 1, 2].map((replicaId) => ({
          replicaId,
          logEndOffset: 1n,
          lastFetchTimestamp: 1n,
          lastCaughtUpTimestamp: 1n,
        })),
      },
      partitions: [
        {
          topic: 'orders',
          partition: 0,
          leaderId: 1,
          leaderEpoch: 0,
          replicas: [0, 1, 2],
          inSyncReplicas,
          minInsyncReplicas: 2,
        },
      ],
    },
  ],
});

const WHOLE = clusterWith([0, 1, 2]);
const SHORT = clusterWith([0, 1]);
const SILENT: Reading = { views: [], isOwnDown: false };
const GONE: Reading = { views: [], isOwnDown: true };

interface World {
  /** What is read, second by second; the last goes on. */
  readonly readings: readonly Reading[];
  readonly votes?: readonly boolean[];
  readonly others?: readonly StopStatus[] | ((second: number) => readonly StopStatus[]);
}

/** Runs a stop through a world and tells what the guard said, with the second. */
async function stopIn({ readings, votes = [true], others = ['none', 'none'] }: World) {
  let now = 0;
  const said: string[] = [];
  const nth = <T>(list: readonly T[], index: number): T => list[Math.min(index, list.length - 1)] as T;
  let reads = 0;
  let elections = 0;
  let givenBack = 0;
  const guard = new StopGuard({
    nodeId: 0,
    stopWaitMs: seconds(120),
    read: () => Promise.resolve(nth(readings, reads++)),
    peers: {
      get statuses() {
        const current = typeof others === 'function' ? others(now / 1_000) : others;
        return new Map(current.map((status, index) => [index + 1, status]));
      },
      refresh: () => Promise.resolve(true),
      following: (work) => work,
      elect: () => Promise.resolve(nth(votes, elections++)),
      giveBack: () => {
        givenBack += 1;
        return Promise.resolve();
      },
    },
    clock: { now: () => now, sleep: (ms) => Promise.resolve((now += ms)) },
  });
  await guard.untilStoppable((line) => said.push(line));
  return { seconds: now / 1_000, said, guard, givenBack };
}

describe('a stop', () => {
  it('proceeds at once in a whole cluster', async () => {
    const { seconds: waited, said, guard } = await stopIn({ readings: [WHOLE] });
    expect(waited).toBe(0);
    expect(said).toEqual(['may stop after 0 ms: every partition and the quorum can spare it']);
    expect(guard.status).toBe('leaving');
  });

  it('waits until the cluster can spare the broker, and says every 5 s why', async () => {
    const { seconds: waited, said } = await stopIn({ readings: [...Array<Reading>(12).fill(SHORT), WHOLE] });
    expect(waited).toBe(12);
    expect(said.slice(0, -1)).toEqual(
      ['0 ms', '5 s', '10 s'].map(
        (time) => `waits for ${time} of at most 2 min: orders-0 would fall below its min ISR 2: only 0, 1 in sync`,
      ),
    );
  });

  it('proceeds after the wait that is set, whatever speaks against it', async () => {
    const { seconds: waited, said } = await stopIn({ readings: [SHORT] });
    expect(waited).toBe(120);
    expect(said.at(-1)).toMatch(/^stops in spite of it after 2 min: orders-0 would fall below/);
  });

  it('waits for another that has the votes', async () => {
    const { seconds: waited, said } = await stopIn({ readings: [WHOLE], votes: [false, false, true] });
    expect(waited).toBe(2);
    expect(said[0]).toMatch(/another broker is being stopped/);
  });

  it('looks again once it has the votes, and gives them back when another broker has left meanwhile', async () => {
    const { seconds: waited, givenBack } = await stopIn({ readings: [WHOLE, SHORT, SHORT, WHOLE] });
    expect([waited, givenBack]).toEqual([2, 1]);
  });

  it('does not wait when every broker is asked to stop: nobody is left to be protected', async () => {
    const { seconds: waited, said } = await stopIn({ readings: [SHORT], others: ['leaving', 'together'] });
    expect(waited).toBe(0);
    expect(said).toEqual(['may stop after 0 ms: every broker is asked to stop']);
  });

  it('waits until the others know as well that all are asked, so that none finds its controllers gone', async () => {
    const { seconds: waited, guard } = await stopIn({
      readings: [WHOLE],
      others: (second) => ['leaving', second < 1 ? 'waiting' : 'together'],
    });
    expect([waited, guard.status]).toEqual([1, 'leaving']);
  });

  it('does not wait for long for one that does not know', async () => {
    expect((await stopIn({ readings: [WHOLE], others: ['leaving', 'waiting'] })).seconds).toBe(5);
  });

  it('waits when only one more is asked to stop', async () => {
    expect((await stopIn({ readings: [SHORT, WHOLE], others: ['waiting', 'none'] })).seconds).toBe(1);
  });

  it('waits while another that may stop is still on its way out, though its replicas are in sync', async () => {
    const { said, seconds: waited } = await stopIn({ readings: [WHOLE], others: ['leaving', 'none'] });
    expect(waited).toBe(120);
    expect(said[0]).toMatch(/broker 1 is leaving/);
  });

  it('waits while brokers are there and do not answer', async () => {
    expect((await stopIn({ readings: [SILENT, SILENT, WHOLE] })).seconds).toBe(2);
  });

  it('does not wait when there is no broker any more, its own included', async () => {
    expect((await stopIn({ readings: [GONE], votes: [false] })).seconds).toBe(0);
  });

  it('believes the worst of what the brokers say', async () => {
    const both: Reading = { isOwnDown: false, views: [...WHOLE.views, ...SHORT.views] };
    expect((await stopIn({ readings: [both, WHOLE] })).seconds).toBe(1);
  });

  it('is forgotten when the broker serves again in its pod', async () => {
    const { guard } = await stopIn({ readings: [WHOLE] });
    guard.broughtBack();
    expect(guard.status).toBe('none');
  });
});
