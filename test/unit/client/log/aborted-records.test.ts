import type { DecodedRecord } from 'kafkajs/src/protocol/recordBatch/v0/decoder';
import { abortedRecords } from '../../../../src/client/log/aborted-records';

interface Standing {
  readonly producer: bigint;
  /** @default a record of a transaction */
  readonly is?: 'plain' | 'abort' | 'commit';
  readonly key?: Buffer | null;
}

const MARKERS = { abort: Buffer.from([0, 0, 0, 0]), commit: Buffer.from([0, 0, 0, 1]) } as const;

/** A record at some offset as kafkajs decodes it. */
const decoded = (offset: number, { producer, is, key = null }: Standing): DecodedRecord => ({
  key: is === 'abort' || is === 'commit' ? MARKERS[is] : key,
  value: null,
  timestamp: '0',
  attributes: 0,
  offset: String(offset),
  headers: {},
  isControlRecord: is === 'abort' || is === 'commit',
  batchContext: { producerId: String(producer), inTransaction: is !== 'plain' },
});

/** Offsets of aborted records in a log that begins at `from`; transactions as `[producer, first offset]`. */
function abortedIn(aborted: readonly (readonly [bigint, bigint])[], log: readonly Standing[], from = 0) {
  const isAborted = abortedRecords(aborted.map(([producerId, firstOffset]) => ({ producerId, firstOffset })));
  return log
    .map((standing, index) => decoded(from + index, standing))
    .flatMap((record) => (isAborted(record) ? [Number(record.offset)] : []));
}

const [A, B] = [7n, 9n];
const [a, b] = [A, B].map((producer): Standing => ({ producer })) as [Standing, Standing];
const abort = (producer: bigint): Standing => ({ producer, is: 'abort' });
const commit = (producer: bigint): Standing => ({ producer, is: 'commit' });

describe('records of aborted transactions', () => {
  it('are all detected if the first record comes after the beginning of several transactions', () =>
    expect(
      abortedIn(
        [
          [A, 0n],
          [B, 1n],
        ],
        [b, a, abort(A), b, abort(B), b],
        10,
      ),
    ).toEqual([10, 11, 13]));

  it('are detected with any order of the transactions', () =>
    expect(
      abortedIn(
        [
          [B, 1n],
          [A, 0n],
        ],
        [a, b, abort(B), a, abort(A)],
      ),
    ).toEqual([0, 1, 3]));

  it('are those of the producer up to its marker, not those of another producer', () =>
    expect(abortedIn([[A, 0n]], [a, b, commit(B), abort(B), a, abort(A), a])).toEqual([0, 4]));

  it('begin with the transaction, not with earlier committed records of the producer', () =>
    expect(abortedIn([[A, 2n]], [a, commit(A), a, abort(A)])).toEqual([2]));

  it('may have been aborted by the same producer one after the other', () =>
    expect(
      abortedIn(
        [
          [A, 0n],
          [A, 2n],
        ],
        [a, abort(A), a, a, abort(A), a],
      ),
    ).toEqual([0, 2, 3]));

  it('end only with a marker, never with a record whose key has the same bytes', () =>
    expect(abortedIn([[A, 0n]], [{ producer: A, key: MARKERS.abort }, a, abort(A), a])).toEqual([0, 1]));

  it('do not include records outside of transactions', () =>
    expect(abortedIn([[A, 0n]], [a, { producer: A, is: 'plain' }])).toEqual([0]));
});
