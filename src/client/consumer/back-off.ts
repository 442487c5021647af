/** How long to wait before a record is tried again. */
export interface BackOff {
  /** Before the second attempt, in milliseconds; doubles with each further one. */
  readonly firstMs: number;
  /** Never longer than this, in milliseconds. */
  readonly maxMs: number;
}

/**
 * Between half of the step and all of it, so that what failed together is not tried again together.
 * @param attempts made by now, from 1
 * @param random from 0 to below 1
 */
export function backOffMs({ firstMs, maxMs }: BackOff, attempts: number, random = Math.random()): number {
  const step = Math.min(firstMs * 2 ** (attempts - 1), maxMs);
  return step / 2 + (step / 2) * random;
}
