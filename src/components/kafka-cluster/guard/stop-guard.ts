import { setTimeout as delay } from 'node:timers/promises';
import { formatDuration, type Milliseconds } from '../../../validation/units';
import type { Reading } from './cluster-reader';
import type { StopStatus } from './peers';
import { stopObstacles } from './stop-rule';

const POLL_MS = 1_000;

/** Between looks for the moment at which all brokers leave. */
const TOGETHER_POLL_MS = 200;

/** How long a broker waits for the others to see as well that all are asked. */
const TOGETHER_MS = 5_000;

const SAY_EVERY_MS = 5_000;
const NAMED = 3;

interface StopGuardProps {
  readonly nodeId: number;
  readonly stopWaitMs: Milliseconds;
  readonly read: () => Promise<Reading>;
  readonly peers: {
    readonly statuses: ReadonlyMap<number, StopStatus>;
    refresh(): Promise<boolean>;
    following<T>(work: Promise<T>): Promise<T>;
    elect(): Promise<boolean>;
    giveBack(): Promise<void>;
  };
  /** @default the real one */
  readonly clock?: Clock;
}

/** Time, as tests make it pass faster. */
export interface Clock {
  now(): number;
  sleep(ms: number): Promise<unknown>;
}

const REAL_TIME: Clock = { now: Date.now, sleep: (ms) => delay(ms) };

/** Holds up the stop of one broker while it would cost writes or the quorum. */
export class StopGuard {
  private current: StopStatus = 'none';
  private togetherSince: number | undefined;
  private readonly clock: Clock;

  constructor(private readonly props: StopGuardProps) {
    this.clock = props.clock ?? REAL_TIME;
  }

  get status(): StopStatus {
    return this.current;
  }

  /** A broker that was let go and serves again was started anew within its pod. */
  broughtBack(): void {
    if (this.current === 'leaving') this.current = 'none';
  }

  /**
   * Resolves when the broker may stop: when nothing speaks against it, when every broker is asked to stop, or at the
   * latest after the wait that is set.
   * @param say told why it waits, every few seconds, and why it goes on
   */
  async untilStoppable(say: (line: string) => void): Promise<void> {
    this.current = 'waiting';
    await this.props.peers.refresh();
    await this.props.peers.following(this.wait(say));
  }

  private async wait(say: (line: string) => void): Promise<void> {
    const { clock } = this;
    const started = clock.now();
    let saidAt = -Infinity;
    for (;;) {
      const { may, reason, isSoon } = await this.decide();
      const waited = clock.now() - started;
      if (may || waited >= this.props.stopWaitMs) {
        this.current = 'leaving';
        say(
          may
            ? `may stop after ${formatDuration(waited)}: ${reason}`
            : `stops in spite of it after ${formatDuration(waited)}: ${reason}`,
        );
        return;
      }
      if (clock.now() - saidAt >= SAY_EVERY_MS) {
        say(`waits for ${formatDuration(waited)} of at most ${formatDuration(this.props.stopWaitMs)}: ${reason}`);
        saidAt = clock.now();
      }
      await clock.sleep(isSoon === true ? TOGETHER_POLL_MS : POLL_MS);
    }
  }

  private async decide(): Promise<Decision> {
    const { peers } = this.props;
    const statuses = [...peers.statuses];
    if (statuses.every(([, status]) => status !== 'none')) {
      return this.leaveTogether(statuses.map(([, status]) => status));
    }
    this.current = 'waiting';
    this.togetherSince = undefined;
    const first = await this.decideByCluster();
    if (!first.may || first.isLast) return first;
    const leaving = statuses.find(([, status]) => status === 'leaving');
    if (leaving !== undefined) return { may: false, reason: `broker ${leaving[0]} is leaving` };
    if (!(await peers.elect())) return { may: false, reason: 'another broker is being stopped' };
    // Between the first look and the votes another broker may have left.
    const second = await this.decideByCluster();
    if (!second.may) await peers.giveBack();
    return second;
  }

  /**
   * With nobody left to serve, as when the set is scaled to zero or the namespace deleted, waiting protects nobody. They
   * leave at the same moment: a broker that is late finds no controller any more, and its controlled shutdown hangs.
   */
  private leaveTogether(others: readonly StopStatus[]): Decision {
    const now = this.clock.now();
    this.current = 'together';
    this.togetherSince ??= now;
    const may = others.every((status) => status !== 'waiting') || now - this.togetherSince >= TOGETHER_MS;
    return { may, reason: 'every broker is asked to stop', isSoon: true };
  }

  private async decideByCluster(): Promise<Decision> {
    const { views, isOwnDown } = await this.props.read();
    if (views.length === 0 && isOwnDown) return { may: true, isLast: true, reason: 'no broker answers any more' };
    if (views.length === 0) return { may: false, reason: 'no broker answers in time' };
    const obstacles = [...new Set(views.flatMap((view) => stopObstacles(view, this.props.nodeId)))];
    if (obstacles.length > 0) return { may: false, reason: summary(obstacles) };
    return { may: true, reason: 'every partition and the quorum can spare it' };
  }
}

interface Decision {
  readonly may: boolean;
  readonly reason: string;
  /** No other guard has to be asked. */
  readonly isLast?: boolean;
  /** What it waits for comes within the second. */
  readonly isSoon?: boolean;
}

function summary(obstacles: readonly string[]): string {
  const more = obstacles.length > NAMED ? [`and ${obstacles.length - NAMED} more`] : [];
  return [...obstacles.slice(0, NAMED), ...more].join('; ');
}
