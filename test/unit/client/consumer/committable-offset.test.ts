import { CommittableOffset } from '../../../../src/client/consumer/committable-offset';

const committableOf = (...offsets: number[]): CommittableOffset => new CommittableOffset(offsets.map(BigInt), 20n);

describe('the committable offset', () => {
  it('stands at the first record while nothing is done', () => {
    expect(committableOf(10, 11).position).toBe(10n);
  });

  it('stays below the lowest record that is not done, whatever is done above', () => {
    const committable = committableOf(10, 11, 12);
    committable.finish(2);
    expect(committable.position).toBe(10n);
    committable.finish(0);
    expect(committable.position).toBe(11n);
  });

  it('passes over what was done before', () => {
    const committable = committableOf(10, 11, 12, 13);
    for (const index of [2, 1, 0]) committable.finish(index);
    expect(committable.position).toBe(13n);
  });

  it('goes on across the gaps of a compacted topic', () => {
    const committable = committableOf(10, 17);
    committable.finish(0);
    expect(committable.position).toBe(17n);
  });

  it('ends beyond the control records that follow the last record', () => {
    const committable = committableOf(10);
    committable.finish(0);
    expect(committable.position).toBe(20n);
  });

  it('counts exactly above what a double can hold', () => {
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
