import { setTimeout as delay } from 'node:timers/promises';
import { mayPass } from './quiet-kafka';

const PAUSE_MS = 500;

/** A minute: leaders are elected, names resolved and new pods let through by the network within it. */
export const PATIENCE_MS = 60_000;

/** Tries again what may pass. @throws the last one after the time */
export async function patiently<T>(work: () => Promise<T>, withinMs = PATIENCE_MS): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!mayPass(error) || Date.now() > deadline) throw error;
      await delay(PAUSE_MS);
    }
  }
}
