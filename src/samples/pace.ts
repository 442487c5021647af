import { setTimeout as delay } from 'node:timers/promises';

/** What was missed in this time is made up for; more is left out, so that a stall is not followed by a flood. */
const CATCH_UP_MS = 1_000;

/** Calls that are due within it are made at once: timers of their own would cost more than they spread. */
const TICK_MS = 20;

interface PaceProps {
  readonly perSecond: number;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Waited for before each call. */
  readonly room: () => Promise<void>;
  /** Told its number, which counts from 0. */
  readonly emit: (number: number) => void;
}

/** Calls `emit` so many times a second, until told to end. @throws what `emit` throws */
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
