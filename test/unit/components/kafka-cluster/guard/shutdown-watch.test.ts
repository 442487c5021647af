import { ShutdownWatch } from '../../../../../src/components/kafka-cluster/guard/shutdown-watch';

describe('the shutdown of a broker is cut short', () => {
  let now = 0;
  const watch = (voters: number) => new ShutdownWatch(voters, () => now);

  beforeEach(() => {
    now = 0;
  });

  it('when too few voters for a controller were left for 10 s', () => {
    const three = watch(3);
    expect(three.observe(1)).toBe(false);
    now += 9_999;
    expect(three.observe(1)).toBe(false);
    now += 1;
    expect(three.observe(1)).toBe(true);
  });

  it('not while a majority answers, and the time begins anew after it has', () => {
    const three = watch(3);
    three.observe(1);
    now += 9_000;
    expect(three.observe(2)).toBe(false);
    now += 9_000;
    expect(three.observe(1)).toBe(false);
  });

  it('of five voters when two are left, and not when three are', () => {
    const five = watch(5);
    five.observe(2);
    now += 10_000;
    expect(five.observe(2)).toBe(true);
    expect(five.observe(3)).toBe(false);
  });

  it('never where the broker is the whole quorum', () => {
    const one = watch(1);
    one.observe(1);
    now += 3_600_000;
    expect(one.observe(1)).toBe(false);
  });
});
