import { pauseAfter, pollCluster } from '../../../src/deploy/poll-cluster';

it('a reading takes a third of the time at most, until pauses are as long as they may be', () => {
  expect([0, 300, 1_500, 60_000].map(pauseAfter)).toEqual([0, 600, 3_000, 4_000]);
});

it('readings are repeated until the condition holds, and a failed one ends it', async () => {
  const values = [1, 2, 3];
  const props = { until: (value: number | undefined) => value === 2, withinMs: 1_000, everyMs: 1 };
  expect(await pollCluster(() => values.shift(), props)).toBe(2);
  expect(values).toEqual([3]);
  await expect(pollCluster(() => Promise.reject(new Error('gone')), props)).rejects.toThrow('gone');
});
