import { EpochHistory } from '../../../../src/client/positions/epoch-history';

function historyOf(...notes: readonly (readonly [bigint, number])[]): EpochHistory {
  const history = new EpochHistory();
  for (const [offset, leaderEpoch] of notes) history.note(offset, leaderEpoch);
  return history;
}

describe('the leader epochs of a read log', () => {
  it('are those of the last record up to an offset, the record at it included', () => {
    const history = historyOf([0n, 1], [5n, 1], [10n, 3]);
    expect([0n, 9n, 10n, 99n].map((offset) => history.upTo(offset))).toEqual([1, 1, 3, 3]);
  });

  it('are unknown before the first record', () => {
    expect(historyOf([10n, 3]).upTo(9n)).toBeUndefined();
    expect(historyOf().upTo(0n)).toBeUndefined();
  });

  it('do not change when records are read again', () => {
    const history = historyOf([0n, 1], [10n, 3], [0n, 1], [10n, 3]);
    expect([9n, 10n].map((offset) => history.upTo(offset))).toEqual([1, 3]);
  });

  it('are replaced by those of records that replace others', () => {
    const history = historyOf([0n, 1], [10n, 3], [5n, 4]);
    expect([4n, 5n, 10n].map((offset) => history.upTo(offset))).toEqual([1, 4, 4]);
  });

  it('use bounded memory', () => {
    const history = new EpochHistory();
    for (let epoch = 0; epoch < 10_000; epoch++) history.note(BigInt(epoch), epoch);
    expect(history.upTo(9_999n)).toBe(9_999);
    expect(history.upTo(10n)).toBeUndefined();
  });
});
