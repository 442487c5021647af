import { Readiness } from '../../../../../src/components/kafka-cluster/guard/readiness';
import { SyncLatch } from '../../../../../src/components/kafka-cluster/guard/sync-latch';

describe('the readiness of a broker', () => {
  let up: boolean;
  let serving: boolean;
  let latch: SyncLatch;
  let readiness: Readiness;

  beforeEach(() => {
    [up, serving] = [true, true];
    latch = new SyncLatch();
    readiness = new Readiness(latch, {
      isOwnUp: () => Promise.resolve(up),
      isOwnServing: () => Promise.resolve(serving),
    });
  });

  const takePlace = (): void => {
    latch.observe({ isServing: true, lagging: [] });
    readiness.inPlace();
  };

  it('comes only when it has taken its place', async () => {
    expect(await readiness.isReady()).toBe(false);
    takePlace();
    expect(await readiness.isReady()).toBe(true);
  });

  it('goes with the second answer that does not come, and returns with the first that does', async () => {
    takePlace();
    serving = false;
    expect(await readiness.look()).toBeUndefined();
    expect(await readiness.isReady()).toBe(true);
    expect(await readiness.look()).toMatch(/not ready/);
    expect(await readiness.isReady()).toBe(false);
    expect(await readiness.look()).toBeUndefined();
    serving = true;
    expect(await readiness.look()).toBe('the broker serves again');
    expect(await readiness.isReady()).toBe(true);
  });

  it('goes as soon as its port is closed, and has to be won anew however soon it opens again', async () => {
    takePlace();
    up = false;
    expect(await readiness.isReady()).toBe(false);
    up = true;
    expect(await readiness.isReady()).toBe(false);
    takePlace();
    expect(await readiness.isReady()).toBe(true);
  });
});
