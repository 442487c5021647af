import { setTimeout as delay } from 'node:timers/promises';
import { poll, type PollProps } from '../waiting/poll';

/** Each reading starts kubectl, which costs a quarter of a second of a processor: readings take a third of the time at most. */
const PAUSES_PER_READING = 2;

const LONGEST_PAUSE_MS = 4_000;

/** Like `poll`, for readings by kubectl: a machine that is short of CPU is asked less often. */
export function pollCluster<T>(read: () => T | Promise<T>, props: PollProps<T>): Promise<T> {
  let tookMs = 0;
  return poll(async () => {
    await delay(pauseAfter(tookMs));
    const begin = performance.now();
    try {
      return await read();
    } finally {
      tookMs = performance.now() - begin;
    }
  }, props);
}

/** Pause after a reading, beside that of `poll`, in milliseconds. @param tookMs duration of the reading */
export const pauseAfter = (tookMs: number): number => Math.min(PAUSES_PER_READING * tookMs, LONGEST_PAUSE_MS);
