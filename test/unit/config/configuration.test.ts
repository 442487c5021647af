import { environments, type EnvironmentName } from '../../../src/config/environments';
import { loadConfig, parseConfig } from '../../../src/config/load';
import { mebibytes } from '../../../src/config/units';
import { problemsOf, validConfig, withValue, withValues } from '../../support/config';

describe('a configuration', () => {
  it('that holds every rule is taken', () => {
    expect(problemsOf(validConfig)).toEqual([]);
  });

  it('has all of its problems reported at once, in one message with path, value, limit and fix', () => {
    const broken = withValues({ name: 'Kafka', 'brokers/count': 4, 'brokers/memory': mebibytes(512), typo: 1 });
    expect(problemsOf(broken).map(({ path }) => path)).toEqual(
      expect.arrayContaining(['name', 'brokers.count', 'brokers.memory', 'typo']),
    );
    expect(() => parseConfig(broken)).toThrow(/name = "Kafka"[\s\S]*allowed:[\s\S]*fix:/);
  });

  it('has its relations checked beside a malformed field', () => {
    const broken = withValues({ namespace: 7, 'brokers/minInsyncReplicas': 3 });
    expect(problemsOf(broken).map(({ path }) => path)).toEqual(['namespace', 'brokers.minInsyncReplicas']);
  });

  it('is frozen throughout', () => {
    const config = parseConfig(validConfig);
    expect(Object.isFrozen(config.brokers.storage) && Object.isFrozen(config.topics[0]?.settings)).toBe(true);
  });

  it('does not change what it was made from', () => {
    const before = JSON.stringify(validConfig);
    parseConfig(withValue('name', 'other'));
    expect(JSON.stringify(validConfig)).toBe(before);
  });

  it.each(Object.keys(environments) as EnvironmentName[])('of %s holds every rule', (name) => {
    expect(loadConfig(name).brokers.count).toBe(3);
  });
});
