import { Uncommitted } from '../../../../src/client/consumer/uncommitted';

const NOW = 1_000_000;
const running = (offset?: bigint) => ({
  topic: 'orders' as const,
  partition: 0,
  gap: 3,
  oldest: offset === undefined ? undefined : { offset, timestamp: 500 },
});

describe('the age of uncommitted records', () => {
  it('is kept while none is handled, until they are committed or the group is joined again', () => {
    const uncommitted = new Uncommitted(() => NOW);
    uncommitted.fetched('orders', 0, { offset: 7n, timestamp: 500 });
    expect(uncommitted.progress([])).toMatchObject([{ topic: 'orders', partition: 0, oldest: { timestamp: 500 } }]);
    uncommitted.committed('orders', 0);
    expect(uncommitted.progress([])).toEqual([]);
    uncommitted.fetched('orders', 0, { offset: 7n, timestamp: 500 });
    uncommitted.rejoined();
    expect(uncommitted.progress([])).toEqual([]);
  });

  it('starts with the fetch if a timestamp is in the future', () => {
    let now = NOW;
    const uncommitted = new Uncommitted(() => now);
    uncommitted.fetched('orders', 0, { offset: 7n, timestamp: 2 * NOW });
    now += 50;
    uncommitted.fetched('orders', 0, { offset: 7n, timestamp: 2 * NOW });
    expect(uncommitted.progress([])).toMatchObject([{ oldest: { timestamp: NOW } }]);
  });

  it('follows the handled records', () => {
    const uncommitted = new Uncommitted(() => NOW);
    uncommitted.fetched('orders', 0, { offset: 7n, timestamp: 400 });
    expect(uncommitted.progress([running(9n)])).toMatchObject([{ gap: 3, oldest: { offset: 9n, timestamp: 500 } }]);
    expect(uncommitted.progress([running()])).toMatchObject([{ oldest: undefined }]);
    expect(uncommitted.progress([])).toEqual([]);
  });
});
