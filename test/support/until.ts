import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 20;

interface Waiting {
  /** @default a minute */
  readonly withinMs?: number;
  /** What else is known when it did not happen. */
  readonly otherwise?: () => string;
}

/** Waits until the condition holds. @throws when it does not in time */
export async function until(
  holds: () => boolean | Promise<boolean>,
  { withinMs = 60_000, otherwise = () => '' }: Waiting = {},
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not so within ${withinMs} ms: ${holds.toString()} ${otherwise()}`);
    await delay(POLL_MS);
  }
}
