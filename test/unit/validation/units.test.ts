import { parseConfig } from '../../../src/platform/load';
import { FOREVER, days, exactBytes, exactDuration, gibibytes, mebibytes } from '../../../src/validation/units';
import { withPool, withValue, withValues, validConfig } from '../../../tools/support/config';

describe('a size or a duration in a message', () => {
  it.each([
    [exactBytes(0), '0 bytes'],
    [exactBytes(gibibytes(1.5)), '1.5 GiB'],
    [exactBytes(mebibytes(512)), '512 MiB'],
    [exactBytes(gibibytes(1) + 1), '1073741825 bytes (1 GiB)'],
    [exactDuration(days(7)), '7 d'],
    [exactDuration(days(7) + 1), '604800001 ms (7 d)'],
    [exactDuration(FOREVER), 'for ever'],
  ])('%s is exact', (text, expected) => {
    expect(text).toBe(expected);
  });
});

describe('the value in a message', () => {
  const brokers = (change: object) => ({ ...validConfig, brokers: withPool(validConfig.brokers, change) });

  it.each<readonly [string, unknown, string]>([
    ['is in units that people write', brokers({ heap: mebibytes(5) }), 'brokers.nodePools.0.heap = 5 MiB\n'],
    [
      'is the default where nothing is written',
      brokers({ memory: undefined, heap: gibibytes(3) }),
      'brokers.nodePools.0.memory = 2 GiB (default)\n',
    ],
    [
      'is what a topic inherits where nothing is written',
      withValue('topics/0/replicationFactor', 2),
      'topic orders: minInsyncReplicas = 2 (default)\n',
    ],
    ['is a duration', withValue('brokers/retentionMs', 1_000), 'brokers.retentionMs = 1 s\n'],
    ['is as it is where it is no number', withValue('brokers/retentionMs', '7d'), 'brokers.retentionMs = "7d"\n'],
    ['is not set where it has no default', withValue('brokers/clusterId', undefined), 'clusterId = (not set)\n'],
  ])('%s', (_how, config, expected) => {
    expect(() => parseConfig(config)).toThrow(expected);
  });

  it('and the allowed values have units, not only bytes', () => {
    const config = withValues({
      'brokers/nodePools': [{ heap: 1, memory: 2 }],
      'ui/memory': 3,
    });
    expect(() => parseConfig(config)).toThrow(/a size from 256 MiB to 64 GiB/);
    expect(() => parseConfig(config)).not.toThrow(/\d{6}/);
  });
});
