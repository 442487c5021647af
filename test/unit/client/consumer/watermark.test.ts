import { Watermark } from '../../../../src/client/consumer/watermark';

const watermarkOf = (...offsets: number[]): Watermark => new Watermark(offsets.map(BigInt), 20n);

describe('the watermark', () => {
  it('stands at the first record while nothing is done', () => {
    expect(watermarkOf(10, 11).position).toBe(10n);
  });

  it('stays below the lowest record that is not done, whatever is done above', () => {
    const watermark = watermarkOf(10, 11, 12);
    watermark.finish(2);
    expect(watermark.position).toBe(10n);
    watermark.finish(0);
    expect(watermark.position).toBe(11n);
  });

  it('passes over what was done before', () => {
    const watermark = watermarkOf(10, 11, 12, 13);
    for (const index of [2, 1, 0]) watermark.finish(index);
    expect(watermark.position).toBe(13n);
  });

  it('goes on across the gaps of a compacted topic', () => {
    const watermark = watermarkOf(10, 17);
    watermark.finish(0);
    expect(watermark.position).toBe(17n);
  });

  it('ends beyond the control records that follow the last record', () => {
    const watermark = watermarkOf(10);
    watermark.finish(0);
    expect(watermark.position).toBe(20n);
  });

  it('counts exactly above what a double can hold', () => {
    const watermark = new Watermark([9_007_199_254_740_993n], 9_007_199_254_740_994n);
    expect(watermark.position).toBe(9_007_199_254_740_993n);
  });

  it('is never above a record that is not done, in whatever order they are', () => {
    const left = Array.from({ length: 50 }, (_, index) => index);
    const watermark = watermarkOf(...left);
    while (left.length > 0) {
      const [index = 0] = left.splice((left.length * 7 + 3) % left.length, 1);
      watermark.finish(index);
      expect(watermark.position).toBe(BigInt(left[0] ?? 20));
    }
  });
});
