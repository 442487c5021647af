import { parseConfig } from '../../../src/config/load';
import type { TopicDefinition } from '../../../src/config/topic-schema';
import type { Topic } from '../../../src/config/topics';
import { days, gibibytes, hours, kibibytesPerSecond } from '../../../src/config/units';
import { environments } from '../../../src/config/environments';
import { formatPlan } from '../../../src/topics/format-plan';
import type { LiveTopic } from '../../../src/topics/live-topics';
import { NOTHING_ALLOWED, planTopics, type Allowances, type Step } from '../../../src/topics/plan';
import { topicConfig } from '../../../src/topics/topic-config';

const DEFINITION = {
  name: 'orders',
  partitions: 6,
  keyed: true,
  retentionMs: days(7),
  expectedIngress: kibibytesPerSecond(1),
} as const satisfies TopicDefinition;

function topic(override: Partial<TopicDefinition> = {}): Topic {
  const [parsed] = parseConfig({
    ...environments.local,
    topics: [{ ...DEFINITION, ...override }],
    samples: { enabled: false },
  }).topics;
  if (parsed === undefined) throw new Error('the configuration lost its topic');
  return parsed;
}

/** A topic in the cluster exactly as a definition says. */
function live(definition: Topic, override: Partial<LiveTopic> = {}): LiveTopic {
  const settings = Object.entries(topicConfig(definition)).map(([name, value]) => [name, { value, onTopic: true }]);
  return {
    name: definition.name,
    partitions: definition.partitions,
    replicationFactor: definition.replicationFactor,
    settings: Object.fromEntries(settings) as LiveTopic['settings'],
    outOfSync: [],
    ...override,
  };
}

const plan = (
  desired: readonly Topic[],
  found: readonly LiveTopic[],
  allow: Partial<Allowances> = {},
): readonly Step[] => planTopics({ desired, live: found, allow: { ...NOTHING_ALLOWED, ...allow } });

describe('a plan', () => {
  it('creates what is missing', () => {
    expect(plan([topic()], [])).toMatchObject([{ kind: 'create', topic: 'orders' }]);
  });

  it('leaves alone what is as it should be', () => {
    expect(plan([topic()], [live(topic())])).toEqual([{ kind: 'unchanged', topic: 'orders' }]);
  });

  it('names what differs, before and after', () => {
    expect(plan([topic({ retentionMs: hours(2) })], [live(topic())])).toEqual([
      {
        kind: 'change',
        topic: 'orders',
        changes: [{ setting: 'retention.ms', before: '604800000', after: '7200000' }],
      },
    ]);
  });

  it('writes a setting down that the topic only inherits, so that a default does not move it', () => {
    const inherits = live(topic());
    const found = {
      ...inherits,
      settings: { ...inherits.settings, 'min.insync.replicas': { value: '2', onTopic: false } },
    };
    expect(plan([topic()], [found])).toMatchObject([
      { changes: [{ setting: 'min.insync.replicas', before: '2 (inherited)', after: '2' }] },
    ]);
  });

  it('does not touch a setting that the catalogue does not manage', () => {
    const found = live(topic());
    const more = { ...found, settings: { ...found.settings, 'max.message.bytes': { value: '5', onTopic: true } } };
    expect(plan([topic()], [more])).toEqual([{ kind: 'unchanged', topic: 'orders' }]);
  });

  it('leaves topics alone that the catalogue does not have', () => {
    expect(plan([], [live(topic())])).toEqual([{ kind: 'unmanaged', topic: 'orders' }]);
  });

  it('lists topics by name, whatever the order they came in', () => {
    const names = plan([topic({ name: 'b' }), topic({ name: 'a' })], [live(topic({ name: 'c' }))]).map(
      (step) => step.topic,
    );
    expect(names).toEqual(['a', 'b', 'c']);
  });

  describe('forbids', () => {
    it.each([
      ['fewer partitions', topic(), { partitions: 7 }, 'partitions'],
      ['another replication factor', topic(), { replicationFactor: 2 }, 'replicationFactor'],
      ['more partitions for a keyed topic', topic(), { partitions: 5 }, 'partitions'],
    ])('%s', (_, definition, found, setting) => {
      expect(plan([definition], [live(definition, found)])).toMatchObject([
        { kind: 'forbidden', refused: [{ setting }] },
      ]);
    });

    it('everything of a topic at once, with all reasons', () => {
      const [step] = plan([topic({ retentionMs: hours(2) })], [live(topic(), { partitions: 7, replicationFactor: 2 })]);
      expect(step).toMatchObject({
        kind: 'forbidden',
        refused: [{ setting: 'partitions' }, { setting: 'replicationFactor' }],
      });
    });

    it.each([
      ['deletion of a topic in the catalogue', { delete: ['orders'] }],
      ['deletion of a topic that is not there', { delete: ['ordres'] }],
      ['growth of a topic that the catalogue does not have', { partitionGrowth: ['ordres'] }],
    ])('%s', (_, allow) => {
      expect(plan([topic()], [live(topic())], allow).map(({ kind }) => kind)).toContain('forbidden');
    });
  });

  describe('allows', () => {
    it('more partitions for a topic without keys', () => {
      const definition = topic({ keyed: false });
      expect(plan([definition], [live(definition, { partitions: 5 })])).toMatchObject([
        { kind: 'change', changes: [{ setting: 'partitions', before: '5', after: '6' }] },
      ]);
    });

    it('more partitions for a keyed topic when it is named', () => {
      const steps = plan([topic()], [live(topic(), { partitions: 5 })], { partitionGrowth: ['orders'] });
      expect(steps).toMatchObject([{ kind: 'change', changes: [{ setting: 'partitions' }] }]);
    });

    it('never fewer, even when it is named', () => {
      const steps = plan([topic()], [live(topic(), { partitions: 7 })], { partitionGrowth: ['orders'] });
      expect(steps).toMatchObject([{ kind: 'forbidden' }]);
    });

    it('deletion of a named topic that the catalogue does not have', () => {
      expect(plan([], [live(topic())], { delete: ['orders'] })).toEqual([{ kind: 'delete', topic: 'orders' }]);
    });
  });
});

describe('a plan in words', () => {
  it('shows what is to be done and counts the rest', () => {
    const steps = plan(
      [topic({ name: 'new' }), topic({ retentionMs: hours(2) }), topic({ name: 'same' })],
      [live(topic()), live(topic({ name: 'same' })), live(topic({ name: 'other' }))],
    );
    const text = formatPlan(steps);
    expect(text).toMatch(/^\+ create {4}new {2}6 partitions x 3 replicas/m);
    expect(text).toMatch(/retention.ms: 604800000 -> 7200000/);
    expect(text).toMatch(/^\? unmanaged other/m);
    expect(text).toMatch(/1 to create, 1 to change, 1 unchanged, 1 unmanaged$/);
  });
});

describe('the settings of a topic', () => {
  it('have Kafka’s names and plain values', () => {
    const settings = topicConfig(topic({ retentionBytes: gibibytes(2), settings: { minCleanableDirtyRatio: 0.3 } }));
    expect(settings).toEqual({
      'cleanup.policy': 'delete',
      'min.cleanable.dirty.ratio': '0.3',
      'min.insync.replicas': '2',
      'retention.bytes': '2147483648',
      'retention.ms': '604800000',
      'segment.bytes': '1073741824',
      'segment.ms': '604800000',
    });
  });
});
