import { Pace } from '../../../src/dead-letters/pace';

async function timeOf(work: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

describe('the pace of a replay', () => {
  it('lets the first go at once, and the next when their time has come', async () => {
    const pace = new Pace(100);
    expect(await timeOf(() => pace.room(10))).toBeLessThan(50);
    expect(await timeOf(() => pace.room(1))).toBeGreaterThanOrEqual(95);
  });

  it('does not make up for a stall', async () => {
    const pace = new Pace(100);
    await pace.room(1);
    await new Promise((done) => setTimeout(done, 60));
    await pace.room(5);
    expect(await timeOf(() => pace.room(1))).toBeGreaterThanOrEqual(45);
  });
});
