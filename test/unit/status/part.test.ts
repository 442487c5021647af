import { PENDING, known, renewed, valueOf, type Part } from '../../../src/status/part';

const fails = (): Promise<number> => Promise.reject(new Error('no answer\n  fix: wait'));

describe('a part', () => {
  it('is replaced by a new reading', async () => {
    expect(valueOf(await renewed(known(1), () => Promise.resolve(2)))).toBe(2);
  });

  it('keeps the known value and its time through every failure', async () => {
    const before: Part<number> = known(1, 500);
    const once = await renewed(before, fails);
    expect(once).toEqual({ kind: 'stale', value: 1, readAt: 500, problem: 'no answer' });
    expect(await renewed(once, fails)).toEqual(once);
  });

  it('that was never read is unknown', async () => {
    expect(await renewed<number>(PENDING, fails)).toEqual({ kind: 'unknown', problem: 'no answer' });
  });
});
