import { setTimeout as delay } from 'node:timers/promises';

const CATCH_UP_MS = 60_000;
const POLL_MS = 200;

/** Waits until consumers are through; not for ever, for who is not is told by what is missing then. */
export async function caughtUp(isThrough: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + CATCH_UP_MS;
  while (Date.now() < deadline && !(await isThrough())) await delay(POLL_MS);
}
