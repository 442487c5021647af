import { missingOffsets, recordsMissing } from '../../../../src/client/positions/records-missing';

const PLACE = { topic: 'orders', partition: 3, groupId: 'payment' };

describe('a notice of missing records', () => {
  it.each([
    [{ reason: 'log-starts-later', from: 10n, to: 25n }, 15n],
    [{ reason: 'log-ends-earlier', from: 25n, to: 10n }, 15n],
    [{ reason: 'topic-recreated', from: 25n, to: 0n }, 0n],
  ] as const)('has the maximum number of records: %p', (gap, count) => expect(missingOffsets(gap)).toBe(count));

  it.each([
    { reason: 'log-starts-later', from: 10n, to: 25n },
    { reason: 'log-ends-earlier', from: 25n, to: 10n },
    { reason: 'topic-recreated', from: 25n, to: 0n },
  ] as const)('names group, partition and both offsets in a sentence: $reason', (gap) => {
    const { message } = recordsMissing({ ...PLACE, ...gap });
    for (const part of ['orders-3', 'group payment', String(gap.from), String(gap.to)]) expect(message).toContain(part);
  });

  it('names no group if a log is read without one', () => {
    const { message } = recordsMissing({
      topic: 'orders',
      partition: 3,
      reason: 'log-starts-later',
      from: 1n,
      to: 2n,
    });
    expect(message).toContain('a reader');
  });
});
