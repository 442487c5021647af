import { setTimeout as delay } from 'node:timers/promises';
import { oneLine } from './one-line';
import { ProgramError } from './program-error';

const PAUSE_MS = 1_000;

interface StartProps<T> {
  readonly name: string;
  readonly start: () => Promise<T>;
  /** No attempt starts later than this time after the first. */
  readonly withinMs: number;
  /** Ends the waiting; a running attempt continues. */
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/**
 * Repeats a start that depends on brokers, topics, registry and schemas, all of which may become available later. Each
 * reason is printed once.
 * @returns undefined if the signal was aborted before the start succeeded
 * @throws {ProgramError} with the last reason
 */
export async function startAgain<T>({ name, start, withinMs, signal, say }: StartProps<T>): Promise<T | undefined> {
  const deadline = Date.now() + withinMs;
  let said = '';
  while (!signal.aborted) {
    try {
      return await start();
    } catch (error) {
      const reason = oneLine(error);
      if (Date.now() + PAUSE_MS > deadline) {
        throw new ProgramError(`${name} did not start within ${withinMs / 1_000} s: ${reason}`);
      }
      if (reason !== said) say(`does not start yet, tries again: ${reason}`);
      said = reason;
      await delay(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}
