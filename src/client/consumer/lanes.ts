import type { Slots } from './slots';

/** One call of a handler. */
export interface LaneItem {
  /** Items of the same lane run one after another; one without a lane depends on no other. */
  readonly lane: string | undefined;
  readonly bytes: number;
}

/** What became of an item. `stopped`: neither done nor to be tried again here; its lane ends with it. */
export type Verdict<I> = 'done' | 'stopped' | { readonly againInMs: number } | { readonly instead: readonly I[] };

/** What to do with an item. Never throws and never rejects. */
export type LaneWork<I> = (item: I) => Verdict<I> | Promise<Verdict<I>>;

/** By its shape: a promise of another realm, such as a test's, is an instance of another class. */
export const isLater = <V>(verdict: V | Promise<V>): verdict is Promise<V> =>
  typeof verdict === 'object' && verdict !== null && 'then' in verdict;

interface Lane<I> {
  readonly items: I[];
  next: number;
}

/**
 * Runs items side by side and those of one lane in order. A lane that has run gets in line again behind the others,
 * so that what is done stays close to the order of the log. One that waits to try again takes no room meanwhile.
 */
export class Lanes<I extends LaneItem> {
  /** Resolves when all is done, or, once stopped, when nothing runs any more. */
  readonly finished: Promise<void>;
  private readonly ready: Lane<I>[] = [];
  private head = 0;
  private readonly begun = new Set<I>();
  private readonly waiting = new Set<NodeJS.Timeout>();
  private running = 0;
  private isStopped = false;
  private isInLine = false;
  private finish: () => void = () => undefined;

  constructor(
    private readonly slots: Slots,
    items: readonly I[],
    private readonly work: LaneWork<I>,
  ) {
    this.finished = new Promise((resolve) => (this.finish = resolve));
    const named = new Map<string, Lane<I>>();
    for (const item of items) {
      const known = item.lane === undefined ? undefined : named.get(item.lane);
      if (known !== undefined) {
        known.items.push(item);
        continue;
      }
      const lane = { items: [item], next: 0 };
      if (item.lane !== undefined) named.set(item.lane, lane);
      this.ready.push(lane);
    }
  }

  start(): void {
    this.pump();
  }

  /** Begins nothing more; what runs goes on. */
  stop(): void {
    this.isStopped = true;
    for (const timer of this.waiting) clearTimeout(timer);
    this.waiting.clear();
    this.pump();
  }

  /** Begun and not done: running, or waiting to be tried again. */
  get unfinished(): readonly I[] {
    return [...this.begun];
  }

  private pump(): void {
    while (!this.isStopped) {
      const lane = this.ready[this.head];
      const item = lane?.items[lane.next];
      if (lane === undefined || item === undefined) break;
      if (!this.slots.take(item.bytes)) {
        this.getInLine();
        return;
      }
      this.head += 1;
      this.begin(lane, item);
    }
    const isDone = this.head === this.ready.length && this.begun.size === 0;
    if (this.running === 0 && (this.isStopped || isDone)) this.finish();
  }

  private getInLine(): void {
    if (this.isInLine) return;
    this.isInLine = true;
    this.slots.whenFree(() => {
      this.isInLine = false;
      this.pump();
    });
  }

  /** A handler that answers at once costs no turn of the event loop. */
  private begin(lane: Lane<I>, item: I): void {
    this.running += 1;
    const verdict = this.work(item);
    if (verdict !== 'done') this.begun.add(item);
    if (!isLater(verdict)) this.settle(lane, item, verdict);
    else {
      void verdict.then((later) => {
        this.settle(lane, item, later);
        this.pump();
      });
    }
  }

  private settle(lane: Lane<I>, item: I, verdict: Verdict<I>): void {
    this.running -= 1;
    if (verdict === 'done') {
      this.begun.delete(item);
      lane.next += 1;
      if (lane.next < lane.items.length) this.ready.push(lane);
    } else if (verdict !== 'stopped' && !this.isStopped) {
      if ('instead' in verdict) {
        this.begun.delete(item);
        lane.items.splice(lane.next, 1, ...verdict.instead);
        this.ready.push(lane);
      } else this.wait(lane, verdict.againInMs);
    }
    this.slots.release(item.bytes);
  }

  private wait(lane: Lane<I>, ms: number): void {
    const timer = setTimeout(() => {
      this.waiting.delete(timer);
      this.ready.push(lane);
      this.pump();
    }, ms);
    this.waiting.add(timer);
  }
}
