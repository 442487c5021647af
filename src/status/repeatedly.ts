import { setTimeout as delay } from 'node:timers/promises';

/**
 * Runs work immediately and then repeatedly. The pause starts at the end of the work, so that hanging work does not
 * accumulate.
 * @param work must not throw
 * @returns ends the repetition, without waiting for work in progress
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
