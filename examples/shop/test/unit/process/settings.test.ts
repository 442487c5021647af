import { ConfigError } from '../../../../../src/validation/problems';
import { readSettings } from '../../../src/process/settings';

const ENVIRONMENT = {
  KAFKA_BOOTSTRAP_SERVERS: 'kafka-0:9092, [::1]:9093',
  SCHEMA_REGISTRY_URL: 'http://registry:8080/apis/ccompat/v7',
  SERVICE_PORT: '9464',
  INSTANCE: 'email-6f4-x2',
  SHUTDOWN_MS: '20000',
  EVENTS_PER_SECOND: '0.5',
};

const problemsOf = (changes: Readonly<Record<string, string>>, isGenerator = true): readonly string[] => {
  try {
    readSettings({ ...ENVIRONMENT, ...changes }, { name: 'email', isGenerator });
    return [];
  } catch (error) {
    return (error as ConfigError).problems.map(({ path }) => path);
  }
};

describe('the settings of a program', () => {
  it('are read from the environment', () => {
    expect(readSettings(ENVIRONMENT, { name: 'order-service', isGenerator: true })).toEqual({
      bootstrapServers: ['kafka-0:9092', '[::1]:9093'],
      registry: 'http://registry:8080/apis/ccompat/v7',
      port: 9464,
      instance: 'email-6f4-x2',
      shutdownMs: 20_000,
      eventsPerSecond: 0.5,
    });
  });

  it('have a rack only where there is one', () => {
    const rackOf = (rack: string) =>
      readSettings({ ...ENVIRONMENT, KAFKA_RACK_ID: rack }, { name: 'email', isGenerator: false }).rackId;
    expect([rackOf('eu-1a'), rackOf('')]).toEqual(['eu-1a', undefined]);
    expect(problemsOf({ KAFKA_RACK_ID: 'a b' })).toEqual(['KAFKA_RACK_ID']);
  });

  it('are refused with every missing or wrong variable, and its fix', () => {
    const read = () =>
      readSettings({ ...ENVIRONMENT, SERVICE_PORT: '70000', INSTANCE: '' }, { name: 'email', isGenerator: false });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(
      [
        'The environment of email has 2 problems; nothing was started',
        '',
        '  SERVICE_PORT = "70000"',
        '    the value cannot be used',
        '    allowed: whole number from 1 to 65535',
        '    fix:     set it, as in SERVICE_PORT=9464',
        '',
        '  INSTANCE = ""',
        '    the variable is not set',
      ].join('\n'),
    );
  });

  it.each([
    [
      'KAFKA_BOOTSTRAP_SERVERS',
      ['kafka-0', 'kafka-0:', 'kafka-0:0', 'kafka-0:9092,', 'a:1 b:2', 'http://kafka-0:9092', '::1:9092'],
    ],
    ['SCHEMA_REGISTRY_URL', ['registry:8080', 'ftp://registry', '/apis/ccompat/v7']],
    ['SERVICE_PORT', ['0', '-1', '9464.5', '0x10', 'http']],
    ['INSTANCE', ['two words', 'a/b', ' ']],
    ['SHUTDOWN_MS', ['0', '20s', '600001']],
    ['EVENTS_PER_SECOND', ['0', '-1', '1e3', 'many', '100001']],
    ['SHOP_WITH_FAILURES', ['yes', '1', 'True']],
  ])('accept no %s like %p', (name, values) => {
    expect(values.map((value) => problemsOf({ [name]: value }))).toEqual(values.map(() => [name]));
  });

  it('have failures only if the program creates events and they are switched on', () => {
    const failures = (changes: Readonly<Record<string, string>>, isGenerator = true) =>
      readSettings({ ...ENVIRONMENT, ...changes }, { name: 'email', isGenerator }).withFailures;
    expect(failures({ SHOP_WITH_FAILURES: 'true' })).toBe(true);
    expect(failures({ SHOP_WITH_FAILURES: 'false' })).toBe(false);
    expect(failures({ SHOP_WITH_FAILURES: '' })).toBeUndefined();
    expect(failures({})).toBeUndefined();
    expect(failures({ SHOP_WITH_FAILURES: 'true' }, false)).toBeUndefined();
  });

  it('have events only if the program creates some', () => {
    expect(problemsOf({ EVENTS_PER_SECOND: '' })).toEqual(['EVENTS_PER_SECOND']);
    expect(problemsOf({ EVENTS_PER_SECOND: '' }, false)).toEqual([]);
    expect(readSettings(ENVIRONMENT, { name: 'email', isGenerator: false })).not.toHaveProperty('eventsPerSecond');
  });
});
