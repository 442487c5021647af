import { backOffMs } from '../../../../src/client/consumer/back-off';

const backOff = { firstMs: 100, maxMs: 1_000 };

describe('the back-off', () => {
  it.each([
    [1, 100],
    [2, 200],
    [4, 800],
    [5, 1_000],
    [5_000, 1_000],
  ])('after attempt %i is at most %i ms', (attempts, ms) => {
    expect(backOffMs(backOff, attempts, 1)).toBe(ms);
  });

  it('is never less than half of its step', () => {
    expect(backOffMs(backOff, 2, 0)).toBe(100);
  });

  it('differs from one record to another', () => {
    expect(new Set(Array.from({ length: 20 }, () => backOffMs(backOff, 3))).size).toBeGreaterThan(1);
  });
});
