import { Uncommitted } from '../../../../src/client/consumer/uncommitted';

const NOW = 1_000_000;
const running = (offset?: bigint) => ({
  topic: 'orders' as const,
  partition: 0,
  gap: 3,
  oldest: offset === undefined ? undefined : { offset, timestamp: 500 },
});

describe('what was fetched and is not committed', () => {
  it('is remembered while nothing of it is handled, until it is committed or the group is joined anew', () => {
    const uncommitted = new Uncommitted(() => NOW);
    uncommitted.fetched('orders', 0, { offset: 7n, timestamp: 500 });
    expect(uncommitted.progress([])).toMatchObject([{ topic: 'orders', partition: 0, oldest: { timestamp: 500 } }]);
    uncommitted.committed('orders', 0);
    expect(uncommitted.progress([])).toEqual([]);
    uncommitted.fetched('orders', 0, { offset: 7n, timestamp: 500 });
    uncommitted.rejoined();
    expect(uncommitted.progress([])).toEqual([]);
  });

  it('ages from when it was fetched where its time lies ahead', () => {
    let now = NOW;
    const uncommitted = new Uncommitted(() => now);
    uncommitted.fetched('orders', 0, { offset: 7n, timestamp: 2 * NOW });
    now += 50;
    uncommitted.fetched('orders', 0, { offset: 7n, timestamp: 2 * NOW });
    expect(uncommitted.progress([])).toMatchObject([{ oldest: { timestamp: NOW } }]);
  });

  it('follows what is handled', () => {
    const uncommitted = new Uncommitted(() => NOW);
    uncommitted.fetched('orders', 0, { offset: 7n, timestamp: 400 });
    expect(uncommitted.progress([running(9n)])).toMatchObject([{ gap: 3, oldest: { offset: 9n, timestamp: 500 } }]);
    expect(uncommitted.progress([running()])).toMatchObject([{ oldest: undefined }]);
    expect(uncommitted.progress([])).toEqual([]);
  });
});
