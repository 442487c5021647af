import { TEXTS, type RoleTexts } from './role-texts';
import { CatchUpWatch, describeCatchUp, type CatchUp, type LaggingReplica } from './catch-up';

/** What a broker tells of itself after its start. */
export interface SyncObservation {
  readonly isServing: boolean;
  readonly lagging: readonly LaggingReplica[];
}

/**
 * Whether a restarted broker has taken its place again. It closes once and stays closed: later lag is no reason to take
 * a broker that serves out of the Services. Only an operator closes it while replicas are not in sync, however long it
 * takes.
 */
export class SyncLatch {
  private closed = false;
  private isPassed = false;
  private watch: CatchUpWatch | undefined;
  private current: CatchUp | undefined;

  constructor(
    private readonly texts: Pick<RoleTexts, 'absent' | 'inPlace'> = TEXTS.broker,
    private readonly now: () => number = Date.now,
  ) {}

  get isClosed(): boolean {
    return this.closed;
  }

  /** How far the broker is, as it was seen last; undefined unless it catches up. */
  get catchUp(): CatchUp | undefined {
    return this.current;
  }

  /** The broker is down: whatever comes up has to take its place anew. */
  reopen(): void {
    this.closed = false;
    this.isPassed = false;
    this.watch = undefined;
    this.current = undefined;
  }

  /** Waits no longer for a broker that catches up: the next look closes it. @returns whether the broker did */
  pass(): boolean {
    this.isPassed = this.current !== undefined;
    return this.isPassed;
  }

  /** @returns what it waits for, or what it found when it closed */
  observe({ isServing, lagging }: SyncObservation): string {
    if (!isServing) {
      this.reopen();
      return this.texts.absent;
    }
    if (lagging.length === 0) {
      this.close();
      return this.texts.inPlace;
    }
    this.watch ??= new CatchUpWatch(this.now);
    this.current = this.watch.observe(lagging);
    const what = describeCatchUp(lagging, this.current);
    if (!this.isPassed) return what;
    this.close();
    return `${what}; ready all the same, as an operator passed it`;
  }

  private close(): void {
    this.closed = true;
    this.isPassed = false;
    this.watch = undefined;
    this.current = undefined;
  }
}
