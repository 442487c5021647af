import { setTimeout as delay } from 'node:timers/promises';

interface RetryProps {
  /** Whether another attempt may succeed. */
  readonly canRetry: (error: unknown) => boolean;
  readonly withinMs: number;
  /** Pause between attempts, in milliseconds. */
  readonly everyMs: number;
}

/** Repeats work that fails with a retriable error. @throws the last error after the time limit */
export async function retry<T>(work: () => Promise<T>, { canRetry, withinMs, everyMs }: RetryProps): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!canRetry(error) || Date.now() >= deadline) throw error;
      await delay(everyMs);
    }
  }
}
