import { parseConfig } from '../../../../src/platform/load';
import { environments } from '../../../../platform/environments';
import type { TopicDefinition } from '../../../../src/components/topics/props';
import type { Topic } from '../../../../src/components/topics/topic';
import { days, kibibytesPerSecond } from '../../../../src/validation/units';
import { formatPlan } from '../../../../src/components/topics/format-plan';
import { inheritedBy, type Inheritances } from '../../../../src/components/topics/inheritance';
import type { LiveTopic } from '../../../../src/components/topics/live-topics';
import { NOTHING_ALLOWED, planTopics, type Allowances, type Step } from '../../../../src/components/topics/plan';
import { topicConfig } from '../../../../src/components/topics/topic-config';
import type { InheritedValue, TopicSetting } from '../../../../src/protocol/describe-topic-configs';

const DEFINITION = {
  name: 'orders',
  partitions: 6,
  keyed: true,
  retentionMs: days(7),
  expectedIngress: kibibytesPerSecond(1),
} as const satisfies TopicDefinition;

function topic(override: Partial<TopicDefinition> = {}): Topic {
  const topics = [{ ...DEFINITION, ...override }];
  const [parsed] = parseConfig({ ...environments.local, topics, applications: {} }).topics;
  if (parsed === undefined) throw new Error('the configuration lost its topic');
  return parsed;
}

/** A topic in the cluster that matches a definition, with additional settings. */
function live(settings: Readonly<Record<string, TopicSetting>>, definition = topic()): LiveTopic {
  const own = Object.entries(topicConfig(definition)).map(([name, value]) => [name, { value, onTopic: true }] as const);
  const { name, partitions, replicationFactor } = definition;
  return {
    name,
    partitions,
    replicationFactor,
    settings: { ...Object.fromEntries(own), ...settings },
    outOfSync: [],
  };
}

interface Situation extends Inheritances {
  readonly definition?: Topic;
  readonly allow?: Partial<Allowances>;
}

function plan(settings: Readonly<Record<string, TopicSetting>>, situation: Situation = {}): readonly Step[] {
  const { definition = topic(), allow, ...inheritances } = situation;
  const inherited = Object.entries(settings).map(([name, { inherited: values = [] }]) => [name, values] as const);
  return planTopics({
    desired: [definition],
    live: [live(settings, definition)],
    allow: { ...NOTHING_ALLOWED, ...allow },
    brokers: [{ settings: Object.fromEntries(inherited) }],
    ...inheritances,
  });
}

const PROPERTY = 'log.retention.bytes';
const UNLIMITED: InheritedValue = { property: PROPERTY, value: '-1', source: 'default' };
const inherited = (value: string, source: InheritedValue['source']): InheritedValue => ({
  property: PROPERTY,
  value,
  source,
});
const onTopic = (value: string, ...from: readonly InheritedValue[]) => ({
  'retention.bytes': { value, onTopic: true, inherited: from },
});
const fromBrokers = (...from: readonly InheritedValue[]) => ({
  'retention.bytes': { value: from[0]?.value ?? '', onTopic: false, inherited: from },
});

describe('a setting of a topic that the code does not set', () => {
  it('returns to the brokers’ value, with its source', () => {
    const steps = plan(onTopic('1048576', UNLIMITED));
    const change = { setting: 'retention.bytes', before: '1048576', after: '-1', inherits: 'Kafka’s default' };
    expect(steps).toEqual([{ kind: 'change', topic: 'orders', changes: [change] }]);
    expect(formatPlan(steps)).toContain('retention.bytes: 1048576 -> -1 (inherited: Kafka’s default)');
  });

  it('is removed if only topics can have it', () => {
    expect(plan({ 'remote.storage.enable': { value: 'true', onTopic: true, inherited: [] } })).toMatchObject([
      { kind: 'change', changes: [{ setting: 'remote.storage.enable', inherits: 'Kafka’s default' }] },
    ]);
  });

  it('stays if the catalogue sets it', () => {
    const definition = topic({ settings: { compressionType: 'zstd' } });
    expect(plan({}, { definition })).toEqual([{ kind: 'unchanged', topic: 'orders' }]);
  });

  it.each([
    ['by the topic', { ignoreSettings: ['retention.bytes'] } as const],
    ['for all topics', {}],
  ])('stays if it is declared foreign %s', (_, override) => {
    const provisioning = 'ignoreSettings' in override ? {} : { ignoreSettings: ['retention.bytes'] };
    const [definition] = parseConfig({
      ...environments.local,
      topics: [{ ...DEFINITION, ...override }],
      applications: {},
      provisioning,
    }).topics;
    if (definition === undefined) throw new Error('the configuration lost its topic');
    expect(plan(onTopic('1048576', UNLIMITED), { definition })).toEqual([{ kind: 'unchanged', topic: 'orders' }]);
  });

  it('stays if a reassignment needs it', () => {
    const replicas = { value: '0:1', onTopic: true, inherited: [] };
    const settings = {
      'leader.replication.throttled.replicas': replicas,
      'follower.replication.throttled.replicas': replicas,
    };
    expect(plan(settings)).toEqual([{ kind: 'unchanged', topic: 'orders' }]);
  });

  it.each([
    ['a smaller limit', onTopic('-1', inherited('1048576', 'static'), UNLIMITED), /would be deleted/],
    [
      'unclean elections',
      {
        'unclean.leader.election.enable': {
          value: 'false',
          onTopic: true,
          inherited: [{ property: 'unclean.leader.election.enable', value: 'true', source: 'static' } as const],
        },
      },
      /loses acknowledged records/,
    ],
  ])('does not return to %s unless the topic is named', (_, settings, reason) => {
    const refused = [{ reason: expect.stringMatching(reason) as string }];
    expect(plan(settings)).toMatchObject([{ kind: 'forbidden', refused }]);
    expect(plan(settings, { allow: { dataLoss: ['orders'] } })).toMatchObject([{ kind: 'change' }]);
  });
});

describe('a setting that a topic inherits', () => {
  it('matches if brokers run with their configuration', () => {
    const unchanged = [{ kind: 'unchanged', topic: 'orders' }];
    expect(plan(fromBrokers(UNLIMITED))).toEqual(unchanged);
    const brokerProperties = { [PROPERTY]: '1048576' };
    expect(plan(fromBrokers(inherited('1048576', 'static'), UNLIMITED), { brokerProperties })).toEqual(unchanged);
  });

  it.each([
    ['cluster', 'set at run time for all brokers', '--entity-default'],
    ['broker', 'set at run time on broker 2', '--entity-name 2'],
  ] as const)('gets the configured value on the topic if it is set for the %s', (source, words, entity) => {
    const brokers = [
      { nodeId: 1, settings: { 'retention.bytes': [UNLIMITED] } },
      { nodeId: 2, settings: { 'retention.bytes': [inherited('1000', source), UNLIMITED] } },
    ];
    const steps = plan(fromBrokers(UNLIMITED), { brokers });
    expect(steps).toMatchObject([{ kind: 'change', changes: [{ setting: 'retention.bytes', after: '-1' }] }]);
    expect(formatPlan(steps)).toContain(`retention.bytes: 1000 (inherited: ${PROPERTY}, ${words}) -> -1`);
    expect(formatPlan(steps)).toContain(`${entity} --delete-config ${PROPERTY}`);
    expect(plan(onTopic('-1', UNLIMITED), { brokers })).toEqual([{ kind: 'unchanged', topic: 'orders' }]);
  });

  it('is reported if a broker does not run with its configuration', () => {
    const brokerProperties = { [PROPERTY]: '1048576' };
    const steps = plan(fromBrokers(UNLIMITED), { brokerProperties });
    expect(steps).toMatchObject([
      { kind: 'differing', topic: 'orders', differences: [{ setting: 'retention.bytes', after: '1048576' }] },
    ]);
    expect(formatPlan(steps)).toMatch(
      /retention.bytes: -1 \(inherited: Kafka’s default\) instead of 1048576\n.*restart/,
    );
  });

  it('is reported if a broker runs with another file than configured', () => {
    const steps = plan(fromBrokers(inherited('2000', 'static'), UNLIMITED), {
      brokerProperties: { [PROPERTY]: '1000' },
    });
    expect(steps).toMatchObject([{ kind: 'differing', differences: [{ after: '1000' }] }]);
    expect(formatPlan(steps)).toMatch(/2000 \(inherited: .* in the file of .*\) instead of 1000\n.*restart/);
  });

  it.each([
    ['log.retention.minutes', '5', '300000'],
    ['log.retention.hours', '2', '7200000'],
    ['log.retention.hours', '-1', '-1'],
    ['log.retention.ms', '7', '7'],
  ])('is reported in its own unit: %s=%s as %s', (property, value, told) => {
    const brokers = [{ settings: { 'retention.ms': [{ property, value, source: 'static' as const }] } }];
    expect(inheritedBy('retention.ms', { brokers })?.value).toBe(told);
  });

  it('is compared in its own unit, and numbers by their value', () => {
    const value = (property: string, text: string, source: InheritedValue['source']): InheritedValue => ({
      property,
      value: text,
      source,
    });
    const jitter = [value('log.roll.jitter.hours', '1', 'static'), value('log.roll.jitter.hours', '0', 'default')];
    const ratio = [value('log.cleaner.min.cleanable.ratio', '1', 'static')];
    const settings = {
      'segment.jitter.ms': { value: '3600000', onTopic: true, inherited: jitter },
      'min.cleanable.dirty.ratio': { value: '1.0', onTopic: false, inherited: ratio },
    };
    const brokerProperties = { 'log.roll.jitter.hours': '1', 'log.cleaner.min.cleanable.ratio': '1.0' };
    const steps = plan(settings, { brokerProperties });
    expect(steps).toMatchObject([
      { kind: 'change', changes: [{ setting: 'segment.jitter.ms', before: '3600000', after: '3600000' }] },
    ]);
    expect(formatPlan(steps)).not.toContain('min.cleanable.dirty.ratio');
  });
});

describe('settings that are declared foreign', () => {
  it.each([
    [
      'that do not exist',
      { topic: ['retension.bytes'], all: [] },
      /topic orders: ignoreSettings\.0 = "retension.bytes"/,
    ],
    ['that the catalogue sets', { topic: ['retention.ms'], all: [] }, /the catalogue itself sets retention\.ms/],
    ['that it sets on every topic', { topic: [], all: ['segment.ms'] }, /sets segment\.ms of every topic/],
  ])('are refused: %s', (_, { topic: ignoreSettings, all }, problem) => {
    const input = {
      ...environments.local,
      topics: [{ ...DEFINITION, ignoreSettings }],
      applications: {},
      provisioning: { ignoreSettings: all },
    };
    expect(() => parseConfig(input)).toThrow(problem);
  });

  it('are read again from a configuration with all defaults applied', () => {
    const input = {
      ...environments.local,
      topics: [
        { ...DEFINITION, settings: { compressionType: 'zstd' } },
        { ...DEFINITION, name: 'other' },
      ],
      applications: {},
      provisioning: { ignoreSettings: ['compression.type'] },
    };
    const config = parseConfig(input);
    expect(config.topics.map(({ ignoreSettings }) => ignoreSettings)).toEqual([undefined, ['compression.type']]);
    expect(parseConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
  });
});
