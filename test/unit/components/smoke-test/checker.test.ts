import type { LedgerEntry, SeenRecord } from '../../../../src/smoke/ledger';
import { decodeRecord, encodeRecord } from '../../../../src/smoke/ledger';
import { describeVerdict, hasNoAnomaly, checkLedger } from '../../../../src/smoke/checker';

const acked = (sequence: number, offset = sequence): LedgerEntry => ({
  partition: 0,
  sequence,
  outcome: 'acked',
  offset: BigInt(offset),
});
const seen = (sequence: number, offset = sequence): SeenRecord => ({ partition: 0, sequence, offset: BigInt(offset) });

describe('the checker', () => {
  it('finds no anomaly if every acknowledged record is in the log once, in order', () => {
    const verdict = checkLedger([acked(0), acked(1)], [seen(0), seen(1)]);
    expect(verdict).toMatchObject({ acked: 2, seen: 2 });
    expect(hasNoAnomaly(verdict)).toBe(true);
  });

  it.each([
    ['lost', [acked(0), acked(1)], [seen(0)]],
    ['phantom', [acked(0)], [seen(0), seen(1)]],
    ['duplicate', [acked(0)], [seen(0), seen(0, 1)]],
    ['outOfOrder', [acked(0, 1), acked(1, 0)], [seen(1, 0), seen(0, 1)]],
    ['resurrected', [{ partition: 0, sequence: 0, outcome: 'refused' } as const], [seen(0)]],
    ['misplaced', [acked(0, 7)], [seen(0, 3)]],
  ] as const)('counts only the record that is %s', (fault, ledger, records) => {
    const verdict = checkLedger(ledger, records);
    const { lost, phantom, duplicate, outOfOrder, resurrected, misplaced } = verdict;
    const faults = { lost, phantom, duplicate, outOfOrder, resurrected, misplaced };
    expect(faults).toEqual({
      ...faults,
      lost: 0,
      phantom: 0,
      duplicate: 0,
      outOfOrder: 0,
      resurrected: 0,
      misplaced: 0,
      [fault]: 1,
    });
    expect(hasNoAnomaly(verdict)).toBe(false);
  });

  it.each([[[]], [[seen(0)]]])('accepts a record without an answer as present or absent', (records) => {
    expect(hasNoAnomaly(checkLedger([{ partition: 0, sequence: 0, outcome: 'unknown' }], records))).toBe(true);
  });

  it('does not accept a duplicate of a record without an answer', () => {
    const ledger = [{ partition: 0, sequence: 0, outcome: 'unknown' } as const];
    expect(checkLedger(ledger, [seen(0), seen(0, 1)])).toMatchObject({ duplicate: 1 });
  });

  it('detects two records that were acknowledged at the same offset', () => {
    expect(checkLedger([acked(0, 0), acked(1, 0)], [seen(0, 0)])).toMatchObject({ lost: 1 });
  });

  it('distinguishes partitions', () => {
    const there = { partition: 1, sequence: 0, offset: 0n };
    expect(checkLedger([acked(0)], [there])).toMatchObject({ lost: 1, phantom: 1 });
  });

  it('describes its counts in words', () => {
    expect(describeVerdict(checkLedger([acked(0), acked(1)], [seen(0)]))).toMatch(
      /^2 acked, 1 read back, 1 lost, 0 phantom/,
    );
  });
});

describe('a record', () => {
  it('carries its run and sequence', () => {
    expect(decodeRecord('a', Buffer.from(encodeRecord('a', 7)))).toBe(7);
  });

  it.each([
    ['another run', encodeRecord('b', 7)],
    ['no JSON', 'x'],
    ['a tombstone', null],
  ])('of %s is not of this run', (_, value) => {
    expect(decodeRecord('a', value === null ? null : Buffer.from(value))).toBeUndefined();
  });
});
