import type { Slots } from './slots';

/** One call of a handler. */
export interface WorkItem {
  /** Items of the same sequence run in order; an item without a sequence is independent. */
  readonly sequence: string | undefined;
  readonly bytes: number;
}

/** The result of an item. `stopped`: the item is not done and not retried here; its sequence ends. */
export type Verdict<I> = 'done' | 'stopped' | { readonly againInMs: number } | { readonly instead: readonly I[] };

/** Processes an item. It never throws and never rejects. */
export type ItemWork<I> = (item: I) => Verdict<I> | Promise<Verdict<I>>;

/**
 * Checks for a `then` method: a promise of another realm, such as that of a test, is not an instance of this realm's
 * `Promise`.
 */
export const isLater = <V>(verdict: V | Promise<V>): verdict is Promise<V> =>
  typeof verdict === 'object' && verdict !== null && 'then' in verdict;

interface Sequence<I> {
  readonly items: I[];
  next: number;
}

/**
 * Runs items in parallel, and items of the same sequence in order. After each item, a sequence goes to the end of the
 * waiting list, so that progress stays close to the order of the log. A sequence that waits for a retry occupies no
 * slot.
 */
export class PartitionWorker<I extends WorkItem> {
  /** Resolves when all items are done; after `stop`, when no item is running. */
  readonly finished: Promise<void>;
  private readonly ready: Sequence<I>[] = [];
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
    private readonly work: ItemWork<I>,
  ) {
    this.finished = new Promise((resolve) => (this.finish = resolve));
    const named = new Map<string, Sequence<I>>();
    for (const item of items) {
      const known = item.sequence === undefined ? undefined : named.get(item.sequence);
      if (known !== undefined) {
        known.items.push(item);
        continue;
      }
      const sequence = { items: [item], next: 0 };
      if (item.sequence !== undefined) named.set(item.sequence, sequence);
      this.ready.push(sequence);
    }
  }

  start(): void {
    this.pump();
  }

  /** Starts no more items; running items continue. */
  stop(): void {
    this.isStopped = true;
    for (const timer of this.waiting) clearTimeout(timer);
    this.waiting.clear();
    this.pump();
  }

  /** Items that were started and are not done: running, or waiting for a retry. */
  get unfinished(): readonly I[] {
    return [...this.begun];
  }

  private pump(): void {
    while (!this.isStopped) {
      const sequence = this.ready[this.head];
      const item = sequence?.items[sequence.next];
      if (sequence === undefined || item === undefined) break;
      if (!this.slots.take(item.bytes)) {
        this.getInLine();
        return;
      }
      this.head += 1;
      this.begin(sequence, item);
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

  /** A handler that returns synchronously costs no turn of the event loop. */
  private begin(sequence: Sequence<I>, item: I): void {
    this.running += 1;
    const verdict = this.work(item);
    if (verdict !== 'done') this.begun.add(item);
    if (!isLater(verdict)) this.settle(sequence, item, verdict);
    else {
      void verdict.then((later) => {
        this.settle(sequence, item, later);
        this.pump();
      });
    }
  }

  private settle(sequence: Sequence<I>, item: I, verdict: Verdict<I>): void {
    this.running -= 1;
    if (verdict === 'done') {
      this.begun.delete(item);
      sequence.next += 1;
      if (sequence.next < sequence.items.length) this.ready.push(sequence);
    } else if (verdict !== 'stopped' && !this.isStopped) {
      if ('instead' in verdict) {
        this.begun.delete(item);
        sequence.items.splice(sequence.next, 1, ...verdict.instead);
        this.ready.push(sequence);
      } else this.wait(sequence, verdict.againInMs);
    }
    this.slots.release(item.bytes);
  }

  private wait(sequence: Sequence<I>, ms: number): void {
    const timer = setTimeout(() => {
      this.waiting.delete(timer);
      this.ready.push(sequence);
      this.pump();
    }, ms);
    this.waiting.add(timer);
  }
}
