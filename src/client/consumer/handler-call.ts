import { HandlerTimedOut } from '../errors';
import type { HandlingContext } from './handlers';

/** Maximum delay of timers; with a longer delay they fire immediately. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * One call of a handler, which ends when the handler returns or its time limit passes. There is one call object for
 * each record, so it is kept small.
 */
export class HandlerCall implements HandlingContext {
  private controller: AbortController | undefined;
  private timedOut: HandlerTimedOut | undefined;
  private abort: (() => void) | undefined;

  /** @param abandoned fires when nothing waits for the call any longer */
  constructor(
    private readonly abandoned: AbortSignal,
    private readonly limitMs: number,
    readonly attempt: number,
  ) {}

  /** Created on first access, because most handlers do not use it. */
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

  /** Rejects with a `HandlerTimedOut` if the time limit passes first. Later results of the work are ignored. */
  async within<R>(work: Promise<R>): Promise<R> {
    // The timer does not keep the process alive; the consumer's connections do.
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
