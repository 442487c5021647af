import { seconds } from '../../../../../src/validation/units';
import type { Reading } from '../../../../../src/components/kafka-cluster/guard/node-reader';
import { allStop } from '../../../../../src/components/kafka-cluster/guard/all-stop';
import type { GuardedNode } from '../../../../../src/components/kafka-cluster/guard/settings';
import type { StopStatus } from '../../../../../src/components/kafka-cluster/guard/peers';
import {
  StopGuard,
  type HeldUp,
  type StopObstacle,
} from '../../../../../src/components/kafka-cluster/guard/stop-guard';
import { clusterWith } from '../../../../support/cluster-reading';
import { guardedNode } from '../../../../support/guarded-node';
import type { Cause } from '../../../../../src/components/kafka-cluster/guard/stops-in-spite';

/** Three nodes that are broker and controller. */
const NODES = [0, 1, 2].map((id): GuardedNode => ({ ...guardedNode(id), isBroker: true, isController: true }));

const WHOLE = clusterWith([0, 1, 2]);
const SHORT = clusterWith([0, 1]);
const SILENT: Reading = { views: [], isOwnDown: false };
const GONE: Reading = { views: [], isOwnDown: true };
/** One that comes late, from nodes that are on their way out. */
const LATE: Reading = { views: [], isOwnDown: false };
const LATE_MS = 14_000;
const FOLLOW_MS = 250;

interface World {
  /** What is read, second by second; the last goes on. */
  readonly readings: readonly Reading[];
  readonly votes?: readonly boolean[];
  readonly others?: readonly StopStatus[] | ((second: number) => readonly StopStatus[]);
  /** What happens in a second. */
  readonly meanwhile?: (moment: {
    readonly second: number;
    readonly guard: StopGuard;
    readonly hook: AbortController;
  }) => void;
  readonly waitedMs?: number;
}

/** Resolves as soon as something holds, and never if it does not while a late reading is on its way. */
async function undefinedOnce(holds: () => boolean): Promise<undefined> {
  for (let turn = 0; turn < 100 && !holds(); turn += 1) await Promise.resolve();
  if (!holds()) await new Promise(() => undefined);
}

/** Runs a stop through a world and tells what the guard said, with the second. */
async function stopIn({ readings, votes = [true], others = ['none', 'none'], meanwhile, waitedMs }: World) {
  let now = 0;
  const said: string[] = [];
  const inSpite: Cause[] = [];
  const held: (HeldUp | undefined)[] = [];
  const hook = new AbortController();
  const nth = <T>(list: readonly T[], index: number): T => list[Math.min(index, list.length - 1)] as T;
  let reads = 0;
  let elections = 0;
  let givenBack = 0;
  const statuses = (): ReadonlyMap<number, StopStatus> => {
    const current = typeof others === 'function' ? others(now / 1_000) : others;
    return new Map(current.map((status, index) => [index + 1, status]));
  };
  const guard = new StopGuard({
    nodeId: 0,
    stopWaitMs: seconds(120),
    passCommand: 'pass-it',
    onInSpite: (cause) => inSpite.push(cause),
    read: async () => {
      const reading = nth(readings, reads++);
      for (const end = now + (reading === LATE ? LATE_MS : 0); now < end; now += FOLLOW_MS) await Promise.resolve();
      return reading;
    },
    allStop: () => allStop(NODES, NODES[0] as GuardedNode, { statuses: statuses(), isAnswering: () => true }),
    peers: {
      get statuses() {
        return statuses();
      },
      refresh: () => Promise.resolve(true),
      following: (work) => work,
      unless: (holds, work) => Promise.race([work, undefinedOnce(holds)]),
      elect: () => Promise.resolve(nth(votes, elections++)),
      giveBack: () => {
        givenBack += 1;
        return Promise.resolve();
      },
    },
    clock: {
      now: () => now,
      sleep: (ms) => {
        held.push(guard.heldUp);
        now += ms;
        meanwhile?.({ second: now / 1_000, guard, hook });
        return Promise.resolve();
      },
    },
  });
  await guard.untilStoppable({ say: (line) => said.push(line), signal: hook.signal, waitedMs });
  return { seconds: now / 1_000, said, guard, givenBack, inSpite, held };
}

describe('a stop', () => {
  it('proceeds at once in a whole cluster', async () => {
    const { seconds: waited, said, guard } = await stopIn({ readings: [WHOLE] });
    expect(waited).toBe(0);
    expect(said).toEqual(['may stop after 0 ms: every partition and the quorum can spare it']);
    expect(guard.status).toBe('leaving');
  });

  it('waits until the cluster can spare the broker, and says every minute why, with the way out', async () => {
    const { seconds: waited, said } = await stopIn({ readings: [...Array<Reading>(70).fill(SHORT), WHOLE] });
    expect(waited).toBe(70);
    expect(said.slice(0, -1)).toEqual(
      ['0 ms', '1 min'].map(
        (time) =>
          `waits for ${time} of at most 2 min: orders-0 would fall below its min ISR 2: only 0, 1 in sync; ` +
          'to stop it all the same: pass-it',
      ),
    );
  });

  it('says at once when something else holds it up', async () => {
    const { said } = await stopIn({ readings: [SHORT, SHORT, SILENT, SILENT, SHORT, WHOLE] });
    expect(said.map((line) => line.replace(/;.*/, ''))).toEqual([
      'waits for 0 ms of at most 2 min: orders-0 would fall below its min ISR 2: only 0, 1 in sync',
      'waits for 2 s of at most 2 min: nobody answers in time',
      'waits for 4 s of at most 2 min: orders-0 would fall below its min ISR 2: only 0, 1 in sync',
      'may stop after 5 s: every partition and the quorum can spare it',
    ]);
  });

  it('proceeds after the wait that is set, whatever speaks against it, and others are told', async () => {
    const { seconds: waited, said, inSpite } = await stopIn({ readings: [SHORT] });
    expect([waited, inSpite]).toEqual([120, ['waited-out']]);
    expect(said.at(-1)).toMatch(/^stops in spite of it after 2 min, as the wait is over: orders-0 would fall below/);
  });

  it('proceeds within a second when an operator passes it, and others are told', async () => {
    const {
      seconds: waited,
      said,
      inSpite,
    } = await stopIn({
      readings: [SHORT],
      meanwhile: ({ second, guard }) => second === 7 && guard.pass(),
    });
    expect([waited, inSpite]).toEqual([7, ['passed']]);
    expect(said.at(-1)).toMatch(/^stops in spite of it after 7 s, as an operator passed it: orders-0 would fall below/);
  });

  it('takes no pass while nothing holds it up, neither before nor after', async () => {
    const { seconds: waited, guard, inSpite } = await stopIn({ readings: [SHORT, WHOLE] });
    expect([waited, guard.pass(), inSpite]).toEqual([1, false, []]);
  });

  it('tells the others at once when the kubelet ends its hook', async () => {
    const {
      seconds: waited,
      inSpite,
      guard,
    } = await stopIn({
      readings: [SHORT],
      meanwhile: ({ second, hook }) => second === 3 && hook.abort(),
    });
    expect([waited, inSpite, guard.status]).toEqual([3, ['cut-off'], 'leaving']);
  });

  it('counts what its hook has waited for a guard that was started anew', async () => {
    const { seconds: waited, said } = await stopIn({ readings: [SHORT], waitedMs: 100_000 });
    expect(waited).toBe(20);
    expect(said[0]).toMatch(/^waits for 1.7 min of at most 2 min/);
  });

  it.each<[StopObstacle, World]>([
    ['min-isr', { readings: [SHORT, WHOLE] }],
    ['no-answer', { readings: [SILENT, WHOLE] }],
    ['other-stop', { readings: [WHOLE], votes: [false, true] }],
    ['other-stop', { readings: [WHOLE], others: (second) => [second < 1 ? 'leaving' : 'none', 'none'] }],
    ['all-stop', { readings: [WHOLE], others: (second) => [second < 0.2 ? 'waiting' : 'together', 'leaving'] }],
  ])('is held up by %s', async (obstacle, world) => {
    const { held, guard } = await stopIn(world);
    expect(held).toEqual([{ obstacle, waitedMs: 0 }]);
    expect(guard.heldUp).toBeUndefined();
  });

  it('waits for another that has the votes', async () => {
    const { seconds: waited, said } = await stopIn({ readings: [WHOLE], votes: [false, false, true] });
    expect(waited).toBe(2);
    expect(said[0]).toMatch(/another node is being stopped/);
  });

  it('looks again once it has the votes, and gives them back when another broker has left meanwhile', async () => {
    const { seconds: waited, givenBack } = await stopIn({ readings: [WHOLE, SHORT, SHORT, WHOLE] });
    expect([waited, givenBack]).toEqual([2, 1]);
  });

  it('does not wait when every broker is asked to stop: nobody is left to be protected', async () => {
    const { seconds: waited, said } = await stopIn({ readings: [SHORT], others: ['leaving', 'together'] });
    expect(waited).toBe(0);
    expect(said).toEqual(['may stop after 0 ms: every node is asked to stop']);
  });

  it('waits until the others know as well that all are asked, so that none finds its controllers gone', async () => {
    const { seconds: waited, guard } = await stopIn({
      readings: [WHOLE],
      others: (second) => ['leaving', second < 1 ? 'waiting' : 'together'],
    });
    expect([waited, guard.status]).toEqual([1, 'leaving']);
  });

  it('sees during a late answer of the cluster that all are asked: those that knew it are forgotten afterwards', async () => {
    const { seconds: waited, said } = await stopIn({
      readings: [LATE, SILENT],
      others: (second) => [second < 10 ? 'leaving' : 'none', second < 3 ? 'none' : second < 4 ? 'waiting' : 'leaving'],
    });
    expect(waited).toBeLessThan(LATE_MS / 1_000);
    expect(said.at(-1)).toMatch(/^may stop after .*: every node is asked to stop$/);
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
    expect(said[0]).toMatch(/node 1 is leaving/);
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

  it('is forgotten when the broker has ended and serves again in its pod', async () => {
    const { guard } = await stopIn({ readings: [WHOLE] });
    guard.brokerEnded();
    guard.broughtBack();
    expect(guard.status).toBe('none');
  });

  it('is not forgotten while the broker still serves on its way out', async () => {
    const { guard } = await stopIn({ readings: [WHOLE] });
    guard.broughtBack();
    expect(guard.status).toBe('leaving');
  });
});
