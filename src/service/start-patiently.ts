import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../console/user-error';
import { oneLine } from './one-line';

const PAUSE_MS = 1_000;

interface StartProps<T> {
  readonly name: string;
  readonly start: () => Promise<T>;
  /** No attempt begins later than so long after the first. */
  readonly withinMs: number;
  /** Ends the waiting; an attempt that runs goes on. */
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/**
 * Starts what needs brokers, topics, registry and schemas: all of them may come up later. Every reason is said once.
 * @returns undefined when it was told to stop before it had started
 * @throws {UserError} with the last reason
 */
export async function startPatiently<T>({ name, start, withinMs, signal, say }: StartProps<T>): Promise<T | undefined> {
  const deadline = Date.now() + withinMs;
  let said = '';
  while (!signal.aborted) {
    try {
      return await start();
    } catch (error) {
      const reason = oneLine(error);
      if (Date.now() + PAUSE_MS > deadline) {
        throw new UserError(
          `${name} did not start within ${withinMs / 1_000} s: ${reason}`,
          'see that brokers and schema registry run, and that their topics and schemas are applied',
        );
      }
      if (reason !== said) say(`does not start yet, tries again: ${reason}`);
      said = reason;
      await delay(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}
