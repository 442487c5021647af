import { setTimeout as delay } from 'node:timers/promises';

/**
 * Calls missed within this time are made up for. Older ones are skipped, so that a stall is not followed by a burst.
 */
const CATCH_UP_MS = 1_000;

/** Calls that are due within this time are made together, because separate timers would be more expensive. */
const TICK_MS = 20;

interface PaceProps {
  readonly perSecond: number;
  /** Ends the calls. */
  readonly signal: AbortSignal;
  /** Awaited before each call. */
  readonly room: () => Promise<void>;
  /** Called with the number of the call, from 0. */
  readonly emit: (number: number) => void;
}

/** Calls `emit` at the given rate until the signal is aborted. @throws the error that `emit` throws */
export async function pace({ perSecond, signal, room, emit }: PaceProps): Promise<void> {
  const hasEnded = (): boolean => signal.aborted;
  let dueAt = performance.now();
  for (let number = 0; !hasEnded(); number += 1) {
    const now = performance.now();
    dueAt = Math.max(dueAt, now - CATCH_UP_MS);
    if (dueAt > now) await delay(Math.max(TICK_MS, dueAt - now), undefined, { signal }).catch(() => undefined);
    await room();
    if (hasEnded()) return;
    emit(number);
    dueAt += 1_000 / perSecond;
  }
}
