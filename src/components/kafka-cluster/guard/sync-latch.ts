import { formatDuration, type Milliseconds } from '../../../validation/units';

/** A replica of this broker that is not in sync though its partition has a leader. */
export interface LaggingReplica {
  readonly topic: string;
  readonly partition: number;
  /** Records behind. */
  readonly lag: bigint;
}

/** What a broker tells of itself after its start. */
export interface SyncObservation {
  readonly isServing: boolean;
  readonly lagging: readonly LaggingReplica[];
}

/**
 * Whether a restarted broker has taken its place again. It closes once and stays closed: later lag is no reason to take
 * a broker that serves out of the Services. A replica that makes no progress for a time, because its topic can never be
 * in sync, does not hold up the roll.
 */
export class SyncLatch {
  private closed = false;
  private best: { readonly replicas: number; readonly lag: bigint; readonly since: number } | undefined;

  constructor(
    private readonly stallMs: Milliseconds,
    private readonly now: () => number = Date.now,
  ) {}

  get isClosed(): boolean {
    return this.closed;
  }

  /** The broker is down: whatever comes up has to take its place anew. */
  reopen(): void {
    this.closed = false;
    this.best = undefined;
  }

  /** @returns what it waits for, or what it found when it closed */
  observe({ isServing, lagging }: SyncObservation): string {
    if (!isServing) {
      this.reopen();
      return 'the broker does not serve yet';
    }
    if (lagging.length === 0) {
      this.closed = true;
      return 'the broker serves and all of its replicas are in sync';
    }
    const lag = lagging.reduce((sum, replica) => sum + replica.lag, 0n);
    this.noteProgress(lagging.length, lag);
    const what = describe(lagging, lag);
    const stalledMs = this.now() - (this.best?.since ?? this.now());
    if (stalledMs < this.stallMs) return `${what}; catching up`;
    this.closed = true;
    return `${what}, without progress for ${formatDuration(this.stallMs)}; not waiting for them any longer`;
  }

  private noteProgress(replicas: number, lag: bigint): void {
    const { best } = this;
    const isBetter = best === undefined || replicas < best.replicas || (replicas === best.replicas && lag < best.lag);
    if (isBetter) this.best = { replicas, lag, since: this.now() };
  }
}

const NAMED = 3;

function describe(lagging: readonly LaggingReplica[], lag: bigint): string {
  const names = lagging.slice(0, NAMED).map(({ topic, partition }) => `${topic}-${partition}`);
  if (lagging.length > NAMED) names.push(`${lagging.length - NAMED} more`);
  return `${lagging.length} replicas are not in sync (${names.join(', ')}), ${lag} records behind`;
}
