import { poll } from '../../src/waiting/poll';
import type { Positions } from '../../src/smoke/reader';
import { committed, countBehind, type Group } from './group';

const CATCH_UP_MS = 60_000;
const POLL_MS = 200;

/** Waits until a group has committed the end of its topic. */
export const committedTo = (group: Group, ends: Positions): Promise<void> =>
  caughtUp(async () => countBehind(await committed(group).catch(() => new Map<number, bigint>()), ends) === 0);

/**
 * Waits until consumers have finished, with a time limit. The check reports missing records of consumers that have not.
 */
export async function caughtUp(isThrough: () => boolean | Promise<boolean>): Promise<void> {
  await poll(isThrough, { until: Boolean, withinMs: CATCH_UP_MS, everyMs: POLL_MS });
}
