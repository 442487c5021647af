import { setTimeout as delay } from 'node:timers/promises';
import { formatDuration, type Milliseconds } from '../../../validation/units';
import type { Reading } from './node-reader';
import { HeldUpLog } from './held-up-log';
import type { StopStatus } from './peers';
import { stopObstacles, type ObstacleKind } from './stop-rule';
import type { Cause } from './stops-in-spite';

const POLL_MS = 1_000;

/** Between looks for the moment at which all nodes leave. */
const TOGETHER_POLL_MS = 200;

/** How long a node waits for the others to see as well that all are asked. */
const TOGETHER_MS = 5_000;

const NAMED = 3;

const BECAUSE: Readonly<Record<Cause, string>> = {
  passed: 'an operator passed it',
  'waited-out': 'the wait is over',
  'cut-off': 'its hook was cut off',
};

interface StopGuardProps {
  readonly nodeId: number;
  readonly stopWaitMs: Milliseconds;
  /** Command that ends the wait, for the log. */
  readonly passCommand: string;
  readonly read: () => Promise<Reading>;
  /** Whether every node that has to stop before or with this one is asked to stop, or gone. */
  readonly allStop: () => AllStop;
  readonly peers: {
    readonly statuses: ReadonlyMap<number, StopStatus>;
    refresh(): Promise<boolean>;
    following<T>(work: Promise<T>): Promise<T>;
    unless<T>(holds: () => boolean, work: Promise<T>): Promise<T | undefined>;
    elect(): Promise<boolean>;
    giveBack(): Promise<void>;
  };
  /** Told when the node stops although something speaks against it. */
  readonly onInSpite: (cause: Cause) => void;
  /** @default the real one */
  readonly clock?: Clock;
}

/** Which of the nodes that leave together are asked to stop. */
export interface AllStop {
  /** Nobody is left whom the stop could harm. */
  readonly isAsked: boolean;
  /** Those that leave first are gone. */
  readonly isNext: boolean;
  /** How the others stand that leave at the same moment. */
  readonly statuses: readonly StopStatus[];
}

/** Time, as tests make it pass faster. */
export interface Clock {
  now(): number;
  /** Resolves after the time, or at once when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<unknown>;
}

/** A stop that is being asked for. */
export interface StopRequest {
  /** Told why the stop waits, and why it goes on. */
  readonly say: (line: string) => void;
  /** Time for which the hook has waited already, for a guard that was started anew meanwhile. @default 0 */
  readonly waitedMs?: number;
  /** Aborted when the hook is gone, which the kubelet ends with the grace period. @default never */
  readonly signal?: AbortSignal;
}

/** What holds a stop up. */
export type StopObstacle = ObstacleKind | 'no-answer' | 'other-stop' | 'all-stop';

/** A stop that waits. */
export interface HeldUp {
  readonly obstacle: StopObstacle;
  /** Since the hook asked. */
  readonly waitedMs: number;
}

const REAL_TIME: Clock = {
  now: Date.now,
  sleep: (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
};

/** Holds up the stop of one node while it would cost writes or the quorum. */
export class StopGuard {
  private current: StopStatus = 'none';
  private togetherSince: number | undefined;
  private held: { readonly obstacle: StopObstacle; readonly since: number } | undefined;
  private isPassed = false;
  private hasEnded = false;
  private readonly clock: Clock;

  constructor(private readonly props: StopGuardProps) {
    this.clock = props.clock ?? REAL_TIME;
  }

  get status(): StopStatus {
    return this.current;
  }

  /** What holds the stop up now; undefined if no stop waits. */
  get heldUp(): HeldUp | undefined {
    return this.held && { obstacle: this.held.obstacle, waitedMs: this.clock.now() - this.held.since };
  }

  /** Lets a stop that is held up proceed. @returns whether one was */
  pass(): boolean {
    this.isPassed = this.held !== undefined;
    return this.isPassed;
  }

  /** The broker's process is gone. */
  brokerEnded(): void {
    this.hasEnded = this.current === 'leaving';
  }

  /** The broker serves. One that was let go and has ended since was started anew within its pod. */
  broughtBack(): void {
    if (this.hasEnded && this.current === 'leaving') this.current = 'none';
    this.hasEnded = false;
  }

  /**
   * Resolves when the node may stop: when nothing speaks against it, when every node is asked to stop, or in spite of what
   * speaks against it, when an operator passes it, at the latest after the wait that is set.
   */
  async untilStoppable(request: StopRequest): Promise<void> {
    this.current = 'waiting';
    this.isPassed = false;
    this.hasEnded = false;
    await this.props.peers.refresh();
    await this.props.peers.following(this.wait(request)).finally(() => (this.held = undefined));
  }

  private async wait({ say, waitedMs = 0, signal }: StopRequest): Promise<void> {
    const { clock } = this;
    const { stopWaitMs, passCommand } = this.props;
    const since = clock.now() - waitedMs;
    const log = new HeldUpLog({ say, limitMs: stopWaitMs, passCommand });
    let decision = await this.decide();
    for (;;) {
      const waited = clock.now() - since;
      if (decision.may) {
        this.current = 'leaving';
        say(`may stop after ${formatDuration(waited)}: ${decision.reason}`);
        return;
      }
      const cause = this.cutShort(signal) ?? (waited >= stopWaitMs ? 'waited-out' : undefined);
      if (cause !== undefined) {
        this.current = 'leaving';
        say(`stops in spite of it after ${formatDuration(waited)}, as ${BECAUSE[cause]}: ${decision.reason}`);
        this.props.onInSpite(cause);
        return;
      }
      this.held = { obstacle: decision.obstacle, since };
      log.note(decision.reason, waited);
      await clock.sleep(decision.isSoon === true ? TOGETHER_POLL_MS : POLL_MS, signal);
      if (this.cutShort(signal) === undefined) decision = await this.decide();
    }
  }

  private cutShort(signal: AbortSignal | undefined): Cause | undefined {
    if (this.isPassed) return 'passed';
    return signal?.aborted === true ? 'cut-off' : undefined;
  }

  private async decide(): Promise<Decision> {
    const { peers } = this.props;
    const all = this.props.allStop();
    if (all.isAsked) return this.leaveTogether(all);
    const statuses = [...peers.statuses];
    this.current = 'waiting';
    this.togetherSince = undefined;
    const first = await this.decideByCluster();
    if (!first.may || first.isLast) return first;
    const leaving = statuses.find(([, status]) => status === 'leaving');
    if (leaving !== undefined) return waitFor('other-stop', `node ${leaving[0]} is leaving`);
    if (!(await peers.elect())) return waitFor('other-stop', 'another node is being stopped');
    // Between the first look and the votes another node may have left.
    const second = await this.decideByCluster();
    if (!second.may) await peers.giveBack();
    return second;
  }

  /**
   * With nobody left to serve, as when the set is scaled to zero or the namespace deleted, waiting protects nobody. They
   * leave at the same moment: a node that is late finds no controller any more, and its controlled shutdown hangs.
   */
  private leaveTogether({ isNext, statuses }: AllStop): Decision {
    const now = this.clock.now();
    this.current = 'together';
    if (!isNext) return BROKERS_FIRST;
    this.togetherSince ??= now;
    const may = statuses.every((status) => status !== 'waiting') || now - this.togetherSince >= TOGETHER_MS;
    const reason = 'every node is asked to stop';
    return may ? { may, reason } : { may, reason, obstacle: 'all-stop', isSoon: true };
  }

  /**
   * A cluster whose nodes leave is read for many seconds. All nodes may be asked to stop meanwhile, and those that knew it be gone and
   * forgotten at the end.
   */
  private async decideByCluster(): Promise<Decision> {
    const { allStop, peers, read } = this.props;
    const reading = await peers.unless(() => allStop().isAsked, read());
    if (reading === undefined) return this.leaveTogether(allStop());
    const { views, isOwnDown } = reading;
    if (views.length === 0 && isOwnDown) return { may: true, reason: 'nobody answers any more', isLast: true };
    if (views.length === 0) return waitFor('no-answer', 'nobody answers in time');
    const obstacles = views.flatMap((view) => stopObstacles(view, this.props.nodeId));
    const [first] = obstacles;
    if (first === undefined) return { may: true, reason: 'every partition and the quorum can spare it' };
    return waitFor(first.kind, summary([...new Set(obstacles.map(({ text }) => text))]));
  }
}

type Decision =
  | {
      readonly may: true;
      readonly reason: string;
      /** No other guard has to be asked. */
      readonly isLast?: boolean;
    }
  | {
      readonly may: false;
      readonly reason: string;
      readonly obstacle: StopObstacle;
      /** What it waits for comes within the second. */
      readonly isSoon?: boolean;
    };

const BROKERS_FIRST: Decision = {
  may: false,
  reason: 'every node is asked to stop, and brokers leave first',
  obstacle: 'all-stop',
  isSoon: true,
};

const waitFor = (obstacle: StopObstacle, reason: string): Decision => ({ may: false, reason, obstacle });

function summary(obstacles: readonly string[]): string {
  const more = obstacles.length > NAMED ? [`and ${obstacles.length - NAMED} more`] : [];
  return [...obstacles.slice(0, NAMED), ...more].join('; ');
}
