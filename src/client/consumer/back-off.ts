/** Waiting times before a record is retried. */
export interface BackOff {
  /** Time before the second attempt, in milliseconds. It doubles with each further attempt. */
  readonly firstMs: number;
  /** Maximum time, in milliseconds. */
  readonly maxMs: number;
}

/**
 * A random time between half of the step and the full step, so that records that failed together are not retried
 * together.
 * @param attempts number of attempts so far, from 1
 * @param random number from 0 (inclusive) to 1 (exclusive)
 */
export function backOffMs({ firstMs, maxMs }: BackOff, attempts: number, random = Math.random()): number {
  const step = Math.min(firstMs * 2 ** (attempts - 1), maxMs);
  return step / 2 + (step / 2) * random;
}
