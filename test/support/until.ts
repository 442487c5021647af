import { poll } from '../../src/waiting/poll';

const POLL_MS = 20;

/**
 * Long enough for work that takes seconds on an idle machine; a shorter time would only cause failures on busy
 * machines.
 */
export const WITHIN_MS = 120_000;

interface Waiting {
  /** Time limit. @default 2 minutes */
  readonly withinMs?: number;
  /** Additional information for the error message. */
  readonly otherwise?: () => string;
}

/** Waits until the condition holds. @throws after the time limit */
export async function until(
  holds: () => boolean | Promise<boolean>,
  { withinMs = WITHIN_MS, otherwise = () => '' }: Waiting = {},
): Promise<void> {
  if (!(await poll(holds, { until: Boolean, withinMs, everyMs: POLL_MS })))
    throw new Error(`not so within ${withinMs} ms: ${holds.toString()} ${otherwise()}`);
}
