import type { Outcome } from '../components/outcome';
import { poll } from '../waiting/poll';

const POLL_MS = 250;

/** Repeats a check while a newly started or recovered cluster settles. */
export const settled = (withinMs: number, check: () => Promise<Outcome>): Promise<Outcome> =>
  poll(check, { until: ({ status }) => status !== 'failed', withinMs, everyMs: POLL_MS });
