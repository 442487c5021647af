import { CommittableOffset } from '../../../../src/client/consumer/committable-offset';

const committableOf = (...offsets: number[]): CommittableOffset => new CommittableOffset(offsets.map(BigInt), 20n);

describe('the committable offset', () => {
  it('is the first record while none is done', () => {
    expect(committableOf(10, 11).position).toBe(10n);
  });

  it('stays below the lowest record that is not done, whatever is done above', () => {
    const committable = committableOf(10, 11, 12);
    committable.finish(2);
    expect(committable.position).toBe(10n);
    committable.finish(0);
    expect(committable.position).toBe(11n);
  });

  it('skips records that were done before', () => {
    const committable = committableOf(10, 11, 12, 13);
    for (const index of [2, 1, 0]) committable.finish(index);
    expect(committable.position).toBe(13n);
  });

  it('continues across the gaps of a compacted topic', () => {
    const committable = committableOf(10, 17);
    committable.finish(0);
    expect(committable.position).toBe(17n);
  });

  it('ends after the control records that follow the last record', () => {
    const committable = committableOf(10);
    committable.finish(0);
    expect(committable.position).toBe(20n);
  });

  it('is exact beyond the range of a double', () => {
    const committable = new CommittableOffset([9_007_199_254_740_993n], 9_007_199_254_740_994n);
    expect(committable.position).toBe(9_007_199_254_740_993n);
  });

  it('is never above a record that is not done, in whatever order they are', () => {
    const left = Array.from({ length: 50 }, (_, index) => index);
    const committable = committableOf(...left);
    while (left.length > 0) {
      const [index = 0] = left.splice((left.length * 7 + 3) % left.length, 1);
      committable.finish(index);
      expect(committable.position).toBe(BigInt(left[0] ?? 20));
    }
  });
});
