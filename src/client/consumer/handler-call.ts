import { HandlerTimedOut } from './errors';
import type { HandlingContext } from './handlers';

/** Timers take no more, and fire at once when they are asked to. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** One call of a handler, which ends when it does, or when its time is over. There is one for each record: it is kept small. */
export class HandlerCall implements HandlingContext {
  private controller: AbortController | undefined;
  private timedOut: HandlerTimedOut | undefined;
  private abort: (() => void) | undefined;

  /** @param abandoned fires when nobody waits for the call any more */
  constructor(
    private readonly abandoned: AbortSignal,
    private readonly limitMs: number,
    readonly attempt: number,
  ) {}

  /** Made when somebody looks at it: most handlers do not. */
  get signal(): AbortSignal {
    if (this.controller === undefined) {
      const controller = new AbortController();
      this.controller = controller;
      this.abort = () => controller.abort(this.timedOut ?? this.abandoned.reason);
      if (this.timedOut !== undefined || this.abandoned.aborted) this.abort();
      else this.abandoned.addEventListener('abort', this.abort, { once: true });
    }
    return this.controller.signal;
  }

  /** Rejects with a `HandlerTimedOut` when the time is over first; what the work does later is ignored. */
  async within<R>(work: Promise<R>): Promise<R> {
    // It keeps no process alive: the consumer's connections do.
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<never>((_, reject) => {
      if (this.limitMs > LONGEST_TIMER_MS) return;
      timer = setTimeout(() => {
        this.timedOut = new HandlerTimedOut(this.limitMs);
        reject(this.timedOut);
        this.abort?.();
      }, this.limitMs).unref();
    });
    try {
      return await Promise.race([work, over]);
    } finally {
      clearTimeout(timer);
      if (this.abort !== undefined) this.abandoned.removeEventListener('abort', this.abort);
    }
  }
}
