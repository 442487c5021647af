import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULTS as CONSUMER } from '../../../../src/client/consumer/options';
import { DEFAULTS as PRODUCER } from '../../../../src/client/producer/options';
import { commitMetadata } from '../../../../src/client/positions/commit-metadata';
import { parseConfig } from '../../../../src/platform/load';
import { SETTING_PAIRS, type SettingPair } from '../../../../src/components/kafka-cluster/setting-pairs';
import { problemsOf, validConfig, withValue } from '../../../../tools/support/config';

const config = parseConfig(validConfig);
const page = readFileSync(join(__dirname, '../../../../docs/concepts/relations-of-settings.md'), 'utf8');

const sides = ({ lesser, greater }: SettingPair) => [lesser(config), greater(config)] as const;
const isProperty = (name: string): boolean => /^[a-z]+(\.[a-z0-9]+)+$/.test(name) && !name.startsWith('brokers.');

/** Each pair, with one property that exceeds the other side. */
const broken = SETTING_PAIRS.flatMap((pair) => {
  const [lesser, greater] = sides(pair);
  const times = pair.times ?? 1;
  return [
    ...(isProperty(lesser.name) && Number.isFinite(greater.value)
      ? [[lesser.name, Math.floor(greater.value / times) + 1, greater.name] as const]
      : []),
    ...(isProperty(greater.name) && lesser.value > 0
      ? [[greater.name, lesser.value * times - 1, lesser.name] as const]
      : []),
  ];
});

describe('numbers that depend on each other', () => {
  it.each(broken)('are refused with the arithmetic: %s = %i beside %s', (name, value, other) => {
    const problems = problemsOf(withValue(`brokers/properties/${name}`, value));
    const problem = problems.find(
      ({ path, message }) => path === `brokers.properties.${name}` && message.includes(other),
    );
    expect(problem?.message).toContain(`${name} ${value}`);
    expect(problem?.message).toMatch(/does not fit .+: .+/);
    expect(problem?.allowed).toMatch(/\d/);
    expect(problem?.fix).toContain(`brokers.properties.${name}`);
  });

  it.each(SETTING_PAIRS.map((pair) => sides(pair).map(({ name }) => name)))(
    'hold by default: %s and %s',
    (lesser, greater) => {
      const [, value] = SETTING_PAIRS.map(sides).find(([a, b]) => a.name === lesser && b.name === greater) ?? [];
      if (value === undefined || !isProperty(greater) || !Number.isFinite(value.value)) return;
      expect(problemsOf(withValue(`brokers/properties/${greater}`, value.value))).toEqual([]);
    },
  );

  it.each(['-1', 'many', true])('are left to other rules if they are not numbers or not a limit: %p', (value) => {
    const problems = problemsOf(withValue('brokers/properties/log.retention.bytes', value));
    expect(problems.filter(({ message }) => message.includes('does not fit'))).toEqual([]);
  });

  it('are described in words if one has no limit', () => {
    const lags = {
      'log.cleaner.min.compaction.lag.ms': String(2n ** 63n - 1n),
      'log.cleaner.max.compaction.lag.ms': 1000,
    };
    expect(problemsOf(withValue('brokers/properties', lags)).map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^log\.cleaner\.min\.compaction\.lag\.ms \(no limit\) does not fit /),
    );
  });

  it('are not guessed for a release with unknown defaults', () => {
    const brokers = { ...validConfig.brokers, version: '9.9.9', properties: { 'replica.fetch.wait.max.ms': 40_000 } };
    const problems = problemsOf(withValue('brokers', brokers));
    expect(problems.map(({ path }) => path)).toContain('brokers.version');
    expect(problems.filter(({ message }) => message.includes('does not fit'))).toEqual([]);
  });

  it('are all in the documentation', () => {
    const names = new Set(SETTING_PAIRS.flatMap((pair) => sides(pair).map(({ name }) => name)).filter(isProperty));
    const single = [...names].filter((name) => !/^group\.(consumer|share|streams)\./.test(name));
    const segments = single.filter((name) => name.endsWith('.segment.bytes'));
    expect(single.filter((name) => !segments.includes(name) && !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('are those that the clients use', () => {
    const ofClients = SETTING_PAIRS.flatMap(sides).filter(({ name }) => name.includes('this platform'));
    const value = (words: string) => ofClients.find(({ name }) => name.includes(words))?.value;
    expect(value('session timeout')).toBe(CONSUMER.sessionTimeoutMs);
    expect(value('rebalance timeout')).toBe(CONSUMER.rebalanceTimeoutMs);
    expect(value('delivery timeout')).toBe(PRODUCER.deliveryTimeoutMs);
    const longest = commitMetadata({ topicId: 'x'.repeat(22), leaderEpoch: 2 ** 31 - 1 }).length;
    expect(value('commit metadata')).toBeGreaterThanOrEqual(longest);
  });
});
