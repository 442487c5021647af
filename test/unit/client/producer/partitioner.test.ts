import { murmur2 } from '../../../../src/client/producer/murmur2';
import { partitionOf, StickyPartition } from '../../../../src/client/producer/partitioner';

/** From the tests of Kafka's own Java client. */
const JAVA: readonly (readonly [string, number])[] = [
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
];

const sticky = (draws: readonly number[]): StickyPartition => {
  const left = [...draws];
  return new StickyPartition(3, { batchRecords: 2, batchBytes: 100 }, () => left.shift() ?? 0);
};

describe('the partition of a key', () => {
  it.each(JAVA)("comes from the Java client's hash of %s", (key, hash) => {
    expect(murmur2(Buffer.from(key))).toBe(hash);
  });

  it('clears the sign of the hash like Java', () => {
    expect(partitionOf(Buffer.from('21'), 1_000)).toBe((-973932308 + 2 ** 31) % 1_000);
  });

  it('exists for an empty key, and for bytes that are not text', () => {
    for (const key of [Buffer.alloc(0), Buffer.from([0xff, 0x80, 0, 1, 0xfe])])
      expect([0, 1, 2, 3, 4, 5]).toContain(partitionOf(key, 6));
  });
});

describe('records without a key', () => {
  it('stay in one partition until its batch has all its records', () => {
    const partitions = sticky([0, 0]);
    expect([1, 1, 1].map((bytes) => partitions.place(bytes))).toEqual([0, 0, 1]);
  });

  it('stay in one partition until its batch has all its bytes', () => {
    const partitions = sticky([0, 0.9]);
    expect([60, 60].map((bytes) => partitions.place(bytes))).toEqual([0, 2]);
  });

  it('never wait for a batch in flight', () => {
    const partitions = sticky([0, 0]);
    partitions.place(1);
    partitions.left(2);
    expect(partitions.place(1)).toBe(0);
    partitions.left(0);
    expect(partitions.place(1)).toBe(1);
  });

  it('have no choice with one partition', () => {
    const only = new StickyPartition(1, { batchRecords: 1, batchBytes: 1 }, () => 0.99);
    expect([1, 1].map((bytes) => only.place(bytes))).toEqual([0, 0]);
  });
});
