import type { LaggingReplica } from '../../../../../src/components/kafka-cluster/guard/catch-up';
import { SyncLatch } from '../../../../../src/components/kafka-cluster/guard/sync-latch';

const HOUR_MS = 3_600_000;

const replica = (partition: number, fetched: number | undefined, leaderEnd: number | undefined): LaggingReplica => ({
  topic: 'orders',
  partition,
  fetched: fetched === undefined ? undefined : BigInt(fetched),
  leaderEnd: leaderEnd === undefined ? undefined : BigInt(leaderEnd),
});

describe('the readiness of a restarted broker', () => {
  let now = 0;
  let latch: SyncLatch;
  const serving = (...lagging: readonly LaggingReplica[]): string => latch.observe({ isServing: true, lagging });

  beforeEach(() => {
    now = 0;
    latch = new SyncLatch(undefined, () => now);
  });

  it('begins open', () => {
    expect([latch.isClosed, latch.catchUp]).toEqual([false, undefined]);
  });

  it('waits for a broker that does not serve, however long', () => {
    for (; now < HOUR_MS; now += 60_000) latch.observe({ isServing: false, lagging: [] });
    expect(latch.isClosed).toBe(false);
  });

  it('comes at the first look that finds all of its replicas in sync', () => {
    expect(serving()).toBe('the broker serves and all of its replicas are in sync');
    expect(latch.isClosed).toBe(true);
  });

  it('waits for replicas that catch up, and says which, how far and how long', () => {
    serving(replica(0, 10, 100), replica(1, 0, 10));
    now = 10_000;
    expect(serving(replica(0, 60, 100), replica(1, 0, 10))).toBe(
      '2 replicas are not in sync (orders-0, orders-1), 50 offsets behind: catching up, about 10 s left',
    );
    expect(latch.catchUp).toEqual({ replicas: 2, behind: 50n, remainingMs: 10_000, idleMs: 0 });
    expect(latch.isClosed).toBe(false);
  });

  it('waits for hours for a follower that fetches as fast as its leader is written to', () => {
    for (let end = 0; now < 3 * HOUR_MS; end += 100, now += 2_000) serving(replica(0, end, end + 5_000));
    expect(latch.isClosed).toBe(false);
    expect(latch.catchUp).toMatchObject({ behind: 5_000n, remainingMs: undefined, idleMs: 0 });
    expect(serving(replica(0, 540_001, 545_001))).toMatch(/catching up, without an estimate while it comes no nearer$/);
  });

  it('waits for hours for a follower that fetches nothing, and says so', () => {
    for (; now <= 2 * HOUR_MS; now += 2_000) serving(replica(0, 10, 100));
    now -= 2_000;
    expect(serving(replica(0, 10, 100))).toMatch(/90 offsets behind: nothing was fetched for 2 h$/);
    expect([latch.isClosed, latch.catchUp?.idleMs]).toEqual([false, 2 * HOUR_MS]);
  });

  it('takes replicas that come in sync for progress, though the rest fetch nothing', () => {
    for (let count = 100; count > 0; count--) {
      serving(...Array.from({ length: count }, (_, id) => replica(id, 0, 10)));
      now += 59_000;
    }
    expect(latch.catchUp?.idleMs).toBe(0);
  });

  it('takes a log that grows after it was truncated for progress', () => {
    serving(replica(0, 100, 200));
    now = 60_000;
    serving(replica(0, 50, 200));
    expect(latch.catchUp?.idleMs).toBe(60_000);
    now = 62_000;
    serving(replica(0, 60, 200));
    expect(latch.catchUp?.idleMs).toBe(0);
  });

  it('takes an answer that comes after none was given for no progress', () => {
    serving(replica(0, 10, 100));
    now = 60_000;
    serving(replica(0, undefined, undefined));
    now = 120_000;
    serving(replica(0, 10, 100));
    expect(latch.catchUp).toMatchObject({ idleMs: 120_000, behind: 90n });
  });

  it('comes when the last replica that is not in sync is one of this broker no longer', () => {
    serving(replica(0, 10, 100));
    serving();
    expect([latch.isClosed, latch.catchUp]).toEqual([true, undefined]);
  });

  it('comes with the next look when an operator passes it', () => {
    serving(replica(0, 10, 100));
    expect([latch.pass(), latch.isClosed]).toEqual([true, false]);
    expect(serving(replica(0, 10, 100))).toMatch(/; ready all the same, as an operator passed it$/);
    expect([latch.isClosed, latch.catchUp]).toEqual([true, undefined]);
  });

  it('takes no pass of a broker that does not serve, nor one for a later start', () => {
    latch.observe({ isServing: false, lagging: [] });
    expect(latch.pass()).toBe(false);
    serving(replica(0, 10, 100));
    latch.pass();
    latch.observe({ isServing: false, lagging: [] });
    serving(replica(0, 10, 100));
    expect(latch.isClosed).toBe(false);
  });

  it('stays when replicas fall behind later', () => {
    serving();
    expect(latch.isClosed).toBe(true);
    expect(latch.pass()).toBe(false);
  });

  it('is lost when the broker goes down, and has to be won anew', () => {
    serving();
    latch.observe({ isServing: false, lagging: [] });
    expect(latch.isClosed).toBe(false);
    serving(replica(0, 5, 10));
    expect(latch.isClosed).toBe(false);
  });
});
