import { poll } from '../../../src/waiting/poll';
import { retry } from '../../../src/waiting/retry';

const counting = () => {
  let count = 0;
  return () => (count += 1);
};

describe('poll', () => {
  it('reads again until the condition holds, and returns the last value', async () => {
    const seen = await poll(counting(), { until: (count) => count === 3, withinMs: 60_000, everyMs: 1 });
    expect(seen).toBe(3);
  });

  it('returns the last value after the time limit', async () => {
    const read = counting();
    expect(await poll(read, { until: () => false, withinMs: 5, everyMs: 10 })).toBeLessThan(4);
  });
});

describe('retry', () => {
  const failing = (times: number) => {
    const call = counting();
    return async () => {
      const count = await Promise.resolve(call());
      if (count <= times) throw new Error(`attempt ${count}`);
      return count;
    };
  };

  it('repeats a failed call', async () => {
    expect(await retry(failing(2), { canRetry: () => true, withinMs: 60_000, everyMs: 1 })).toBe(3);
  });

  it('throws an error that cannot be retried immediately, and the last error after the time limit', async () => {
    const once = retry(failing(9), { canRetry: () => false, withinMs: 60_000, everyMs: 1 });
    await expect(once).rejects.toThrow('attempt 1');
    // Far longer than a busy machine may pause before the first attempt.
    const late = retry(failing(9), { canRetry: () => true, withinMs: 1_000, everyMs: 700 });
    await expect(late).rejects.toThrow(/attempt [23]/);
  });
});
