import { setTimeout as delay } from 'node:timers/promises';
import type { Outcome } from './check';

const POLL_MS = 250;

/** Tries again while a cluster that has just started, or healed, comes to rest. */
export async function settled(withinMs: number, check: () => Promise<Outcome>): Promise<Outcome> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const outcome = await check();
    if (outcome.status !== 'failed' || Date.now() > deadline) return outcome;
    await delay(POLL_MS);
  }
}
