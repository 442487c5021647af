import { Throughput } from '../../../src/status/throughput';
import { log, topic } from './builders';

const START = 1_000_000;

/** Rates after readings that are 5 s apart. */
function ratesOf(...readings: readonly Parameters<Throughput['take']>[0][]): readonly number[] {
  const throughput = new Throughput(10);
  readings.forEach((topics, index) => throughput.take(topics, START + index * 5_000));
  return throughput.points.map(({ recordsPerSecond }) => recordsPerSecond);
}

describe('throughput', () => {
  it('needs two readings, and counts records written between them over all topics', () => {
    expect(ratesOf([topic('orders', log(0, 100))])).toEqual([]);
    expect(
      ratesOf(
        [topic('orders', log(0, 100), log(0, 5)), topic('payments', log(0, 0))],
        [topic('orders', log(0, 120), log(0, 10)), topic('payments', log(0, 25))],
      ),
    ).toEqual([10]);
  });

  it('has start and end times, and keeps only the last points', () => {
    const throughput = new Throughput(2);
    for (let index = 0; index < 5; index += 1) throughput.take([topic('orders', log(0, index))], START + index * 1_000);
    expect(throughput.points).toEqual([
      { from: START + 2_000, to: START + 3_000, recordsPerSecond: 1 },
      { from: START + 3_000, to: START + 4_000, recordsPerSecond: 1 },
    ]);
  });

  it('has the last rate of each topic', () => {
    const throughput = new Throughput(2);
    throughput.take([topic('orders', log(0, 10))], START);
    expect(throughput.rateOf('orders')).toBeUndefined();
    throughput.take([topic('orders', log(0, 40)), topic('idle', log(0, 0))], START + 10_000);
    expect([throughput.rateOf('orders'), throughput.rateOf('idle')]).toEqual([3, 0]);
  });

  it('is 0, never less, for a recreated topic', () => {
    expect(ratesOf([topic('orders', log(0, 100))], [topic('orders', log(0, 3))])).toEqual([0]);
  });

  it('counts all records of a new topic', () => {
    expect(ratesOf([], [topic('orders', log(0, 50))])).toEqual([10]);
  });

  it('does not count a partition again that had no leader for a while', () => {
    const readings = [log(0, 1_000), undefined, log(0, 1_010)].map((one) => [topic('orders', one)]);
    expect(ratesOf(...readings)).toEqual([0, 2]);
  });

  it('does not count deletions', () => {
    expect(ratesOf([topic('orders', log(0, 100))], [topic('orders', log(100, 100))])).toEqual([0]);
  });
});
