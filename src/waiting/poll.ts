import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 1_000;

export interface PollProps<T> {
  readonly until: (value: T) => boolean;
  readonly withinMs: number;
  /** Pause between readings, in milliseconds. @default 1 s */
  readonly everyMs?: number;
}

/** Repeats a reading until a condition holds or the time limit passes. @returns the last reading */
export async function poll<T>(
  read: () => T | Promise<T>,
  { until, withinMs, everyMs = POLL_MS }: PollProps<T>,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await read();
    if (until(value) || Date.now() > deadline) return value;
    await delay(everyMs);
  }
}
