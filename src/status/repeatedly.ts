import { setTimeout as delay } from 'node:timers/promises';

/**
 * Does work at once and again after a pause, counted from its end: work that hangs never piles up.
 * @param work that does not throw
 * @returns ends it; nobody waits for work that is under way
 */
export function repeatedly(work: () => Promise<void>, pauseMs: number): () => void {
  const stopped = new AbortController();
  const { signal } = stopped;
  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      await work();
      await delay(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  };
  void loop();
  return () => stopped.abort();
}
