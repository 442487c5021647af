import { seconds } from '../../../../../src/validation/units';
import { SyncLatch, type LaggingReplica } from '../../../../../src/components/kafka-cluster/guard/sync-latch';

const replica = (partition: number, lag: bigint): LaggingReplica => ({ topic: 'orders', partition, lag });

describe('the readiness of a restarted broker', () => {
  let now = 0;
  let latch: SyncLatch;
  const serving = (...lagging: readonly LaggingReplica[]): string => latch.observe({ isServing: true, lagging });

  beforeEach(() => {
    now = 0;
    latch = new SyncLatch(seconds(60), () => now);
  });

  it('begins open', () => {
    expect(latch.isClosed).toBe(false);
  });

  it('waits for a broker that does not serve, however long', () => {
    for (; now < 3_600_000; now += 60_000) latch.observe({ isServing: false, lagging: [] });
    expect(latch.isClosed).toBe(false);
  });

  it('comes when it serves and all of its replicas are in sync', () => {
    expect(serving()).toBe('the broker serves and all of its replicas are in sync');
    expect(latch.isClosed).toBe(true);
  });

  it('waits for replicas that catch up, and says which', () => {
    expect(serving(replica(0, 10n), replica(1, 20n))).toBe(
      '2 replicas are not in sync (orders-0, orders-1), 30 records behind; catching up',
    );
    expect(latch.isClosed).toBe(false);
  });

  it('waits for hours while the lag shrinks', () => {
    for (let lag = 1_000n; lag > 0n; lag -= 1n) {
      serving(replica(0, lag));
      now += 59_000;
    }
    expect(latch.isClosed).toBe(false);
  });

  it('waits while replicas come in sync one by one, though the lag of the rest grows', () => {
    for (let count = 100; count > 0; count--) {
      serving(...Array.from({ length: count }, (_, id) => replica(id, BigInt(1_000 - count))));
      now += 59_000;
    }
    expect(latch.isClosed).toBe(false);
  });

  it('no longer waits for a replica that makes no progress', () => {
    serving(replica(0, 10n));
    now += 59_999;
    serving(replica(0, 12n));
    expect(latch.isClosed).toBe(false);
    now += 1;
    expect(serving(replica(0, 12n))).toBe(
      '1 replicas are not in sync (orders-0), 12 records behind, without progress for 1 min; not waiting for them any longer',
    );
    expect(latch.isClosed).toBe(true);
  });

  it('stays when replicas fall behind later', () => {
    serving();
    serving(replica(0, 1_000_000n));
    expect(latch.isClosed).toBe(true);
  });

  it('is lost when the broker goes down, and has to be won anew', () => {
    serving();
    latch.observe({ isServing: false, lagging: [] });
    expect(latch.isClosed).toBe(false);
    serving(replica(0, 5n));
    expect(latch.isClosed).toBe(false);
  });
});
