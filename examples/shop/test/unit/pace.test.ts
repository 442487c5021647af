import { setTimeout as delay } from 'node:timers/promises';
import { pace } from '../../src/pace';

const noWait = (): Promise<void> => Promise.resolve();

/** Calls within the time. */
async function callsWithin(ms: number, perSecond: number, room = noWait): Promise<readonly number[]> {
  const calls: number[] = [];
  const stopped = new AbortController();
  const ended = pace({ perSecond, signal: stopped.signal, room, emit: (number) => calls.push(number) });
  await delay(ms);
  stopped.abort();
  await ended;
  return calls;
}

describe('a pace', () => {
  it.each([5, 400])('makes %i calls a second, numbered from 0', async (perSecond) => {
    const calls = await callsWithin(1_000, perSecond);
    expect(calls).toEqual(calls.map((_, index) => index));
    expect(calls.length).toBeGreaterThanOrEqual(perSecond * 0.8);
    expect(calls.length).toBeLessThanOrEqual(perSecond * 1.2);
  });

  it('catches up only after a short stall', async () => {
    let stalled = false;
    const calls = await callsWithin(2_600, 100, async () => {
      if (stalled) return;
      stalled = true;
      await delay(2_200);
    });
    expect(calls.length).toBeGreaterThan(100);
    expect(calls.length).toBeLessThan(200);
  });

  it('makes no call after its end, not even one that waited for room', async () => {
    const calls = await callsWithin(50, 100, () => delay(100));
    expect(calls).toEqual([]);
  });
});
