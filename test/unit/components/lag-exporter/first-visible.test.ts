import { firstVisible } from '../../../../src/components/lag-exporter/first-visible';

const TRANSACTIONAL = 0x10;
const CONTROL = 0x30;

interface Batch {
  readonly first: number;
  /** @default 1 */
  readonly count?: number;
  readonly producerId?: bigint;
  /** @default none */
  readonly attributes?: number;
  /** Number of records after compaction. @default all */
  readonly left?: number;
  /** Version of the record format. @default 2 */
  readonly magic?: number;
}

/** The header of a batch. */
function batch({ first, count = 1, producerId = -1n, attributes = 0, left = count, magic = 2 }: Batch): Buffer {
  const bytes = Buffer.alloc(61);
  bytes.writeBigInt64BE(BigInt(first), 0);
  bytes.writeInt32BE(bytes.length - 12, 8);
  bytes.writeInt8(magic, 16);
  bytes.writeInt16BE(attributes, 21);
  bytes.writeInt32BE(count - 1, 23);
  bytes.writeBigInt64BE(producerId, 43);
  bytes.writeInt32BE(left, 57);
  return bytes;
}

const byA = { producerId: 1n, attributes: TRANSACTIONAL };
const markerOfA = { producerId: 1n, attributes: CONTROL };
const byB = { producerId: 2n, attributes: TRANSACTIONAL };
const markerOfB = { producerId: 2n, attributes: CONTROL };

const LAST_STABLE = 100n;

const seen = (batches: readonly Batch[], from: bigint, aborted: readonly (readonly [bigint, bigint])[] = []) =>
  firstVisible(
    {
      code: 0,
      highWatermark: 100n,
      lastStableOffset: LAST_STABLE,
      logStartOffset: 0n,
      hasDiverged: false,
      aborted: aborted.map(([producerId, firstOffset]) => ({ producerId, firstOffset })),
      bytes: Buffer.concat(batches.map(batch)),
    },
    from,
  );

describe('the first offset that a reader of committed records sees', () => {
  it.each<readonly [string, readonly Batch[], bigint, readonly (readonly [bigint, bigint])[], bigint, boolean]>([
    ['a record at its position', [{ first: 5 }], 5n, [], 5n, true],
    ['a record in the middle of a batch', [{ first: 0, count: 10 }], 5n, [], 5n, true],
    [
      'nothing of what was aborted',
      [
        { first: 5, count: 9, ...byA },
        { first: 14, ...markerOfA },
      ],
      5n,
      [[1n, 5n]],
      15n,
      false,
    ],
    [
      'what the same producer commits afterwards',
      [
        { first: 5, ...byA },
        { first: 6, ...markerOfA },
        { first: 7, ...byA },
      ],
      5n,
      [[1n, 5n]],
      7n,
      true,
    ],
    [
      'what another commits between',
      [
        { first: 5, ...byA },
        { first: 6, ...byB },
      ],
      5n,
      [[1n, 5n]],
      6n,
      true,
    ],
    [
      'nothing of two that are aborted, in whatever order the broker names them',
      [
        { first: 5, ...byA },
        { first: 6, ...byB },
        { first: 7, ...markerOfA },
        { first: 8, ...markerOfB },
      ],
      5n,
      [
        [2n, 6n],
        [1n, 5n],
      ],
      9n,
      false,
    ],
    [
      'nothing of what comes before its position',
      [
        { first: 0, count: 5 },
        { first: 5, ...markerOfA },
      ],
      5n,
      [],
      6n,
      false,
    ],
    ['nothing from the last stable offset on', [{ first: 95, count: 9, ...byA }], 95n, [[1n, 95n]], LAST_STABLE, false],
    ['a record of an old format, which counts none', [{ first: 5, left: 0, magic: 1 }], 5n, [], 5n, true],
    ['nothing of a marker', [{ first: 5, ...markerOfA }], 5n, [], 6n, false],
    ['nothing of a batch that compaction has emptied', [{ first: 5, count: 3, left: 0 }], 5n, [], 8n, false],
    ['nothing before the last stable offset when nothing is left', [], 5n, [], LAST_STABLE, false],
  ])('%s', (_what, batches, from, aborted, next, isVisible) => {
    expect(seen(batches, from, aborted)).toEqual({ next, isVisible });
  });

  it('is unknown if no batch is complete', () => {
    const part = {
      code: 0,
      highWatermark: 9n,
      lastStableOffset: 9n,
      logStartOffset: 0n,
      hasDiverged: false,
      aborted: [],
    };
    expect(firstVisible({ ...part, bytes: batch({ first: 5 }).subarray(0, 30) }, 5n)).toBeUndefined();
  });
});
