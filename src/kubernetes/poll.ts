import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 1_000;

interface PollProps<T> {
  readonly until: (value: T) => boolean;
  readonly withinMs: number;
}

/** Reads again each second until a condition holds or the time is over. @returns what was read last */
export async function poll<T>(read: () => Promise<T>, { until, withinMs }: PollProps<T>): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await read();
    if (until(value) || Date.now() > deadline) return value;
    await delay(POLL_MS);
  }
}
