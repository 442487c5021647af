import { parseConfig } from '../../../../src/platform/load';
import type { TopicDefinition } from '../../../../src/components/topics/props';
import type { Topic } from '../../../../src/components/topics/topic';
import { FOREVER, days, gibibytes, hours, kibibytesPerSecond } from '../../../../src/validation/units';
import { environments } from '../../../../platform/environments';
import { formatPlan } from '../../../../src/components/topics/format-plan';
import type { LiveTopic } from '../../../../src/components/topics/live-topics';
import { NOTHING_ALLOWED, planTopics, type Allowances, type Step } from '../../../../src/components/topics/plan';
import { topicConfig } from '../../../../src/components/topics/topic-config';

const DEFINITION = {
  name: 'orders',
  partitions: 6,
  keyed: true,
  retentionMs: days(7),
  expectedIngress: kibibytesPerSecond(1),
} as const satisfies TopicDefinition;

/** Settings of a topic of copies. */
const COPIES = {
  settings: { messageTimestampBeforeMaxMs: FOREVER },
  retentionMs: FOREVER,
  retentionBytes: gibibytes(1),
  partitions: 1,
} as const;

function topic(override: Partial<TopicDefinition> = {}): Topic {
  const [parsed] = parseConfig({
    ...environments.local,
    topics: [{ ...DEFINITION, ...override }],
    applications: {},
  }).topics;
  if (parsed === undefined) throw new Error('the configuration lost its topic');
  return parsed;
}

/** A topic in the cluster that matches a definition. */
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

  it('leaves a matching topic unchanged', () => {
    expect(plan([topic()], [live(topic())])).toEqual([{ kind: 'unchanged', topic: 'orders' }]);
  });

  it('names what differs, before and after', () => {
    expect(plan([topic({ retentionMs: hours(2) })], [live(topic())])).toEqual([
      {
        kind: 'change',
        topic: 'orders',
        changes: [
          { setting: 'retention.ms', before: '604800000', after: '7200000' },
          { setting: 'segment.ms', before: '604800000', after: '1800000' },
          { setting: 'message.timestamp.before.max.ms', before: '604800000', after: '7200000' },
        ],
      },
    ]);
  });

  it.each([
    ['min.cleanable.dirty.ratio', { settings: { minCleanableDirtyRatio: 1 } }, '1.0'],
    ['min.cleanable.dirty.ratio', { settings: { minCleanableDirtyRatio: 0 } }, '0.0'],
    ['min.cleanable.dirty.ratio', { settings: { minCleanableDirtyRatio: 0.0001 } }, '1.0E-4'],
    ['cleanup.policy', { cleanupPolicy: 'compact,delete', expectedSize: gibibytes(1) }, 'delete,compact'],
    ['cleanup.policy', { cleanupPolicy: 'compact,delete', expectedSize: gibibytes(1) }, ' compact , delete'],
    ['retention.ms', {}, '0604800000'],
    ['message.timestamp.before.max.ms', { ...COPIES }, '+9223372036854775807'],
  ] as const)('accepts %s of %j if the brokers report %j', (setting, override, value) => {
    const found = live(topic(override));
    const said = { ...found, settings: { ...found.settings, [setting]: { value, onTopic: true } } };
    expect(plan([topic(override)], [said])).toEqual([{ kind: 'unchanged', topic: 'orders' }]);
  });

  it.each([
    ['min.cleanable.dirty.ratio', { settings: { minCleanableDirtyRatio: 1 } }, '0.99'],
    ['cleanup.policy', { cleanupPolicy: 'compact,delete', expectedSize: gibibytes(1) }, 'delete'],
    ['message.timestamp.before.max.ms', { ...COPIES }, '9223372036854775806'],
    ['retention.ms', {}, ''],
  ] as const)('changes %s of %j if the brokers report %j', (setting, override, value) => {
    const found = live(topic(override));
    const said = { ...found, settings: { ...found.settings, [setting]: { value, onTopic: true } } };
    expect(plan([topic(override)], [said])).toMatchObject([{ kind: 'change', changes: [{ setting, before: value }] }]);
  });

  it('sets a setting that the topic only inherits, so that a new default does not change it', () => {
    const inherits = live(topic());
    const found = {
      ...inherits,
      settings: { ...inherits.settings, 'min.insync.replicas': { value: '2', onTopic: false } },
    };
    expect(plan([topic()], [found])).toMatchObject([
      { changes: [{ setting: 'min.insync.replicas', before: '2 (inherited)', after: '2' }] },
    ]);
  });

  it('leaves topics unchanged that are not in the catalogue', () => {
    expect(plan([], [live(topic())])).toEqual([{ kind: 'unmanaged', topic: 'orders' }]);
  });

  it('lists topics by name, in any input order', () => {
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
      ['orders.paid', 'orders_paid', /collides with that of topic 'orders_paid'/],
      ['orders_email_dlq', 'orders.email.dlq', /collides with that of topic 'orders.email.dlq'/],
      ['a'.repeat(250), 'other', /has 250 characters; Kafka allows at most 249/],
      ['__orders', 'other', /Kafka’s internal topics/],
      ['orders paid', 'other', /dot, underscore and dash/],
      ['..', 'other', /dot, underscore and dash/],
    ])('the name %s beside %s, with the reason', (name, other, reason) => {
      const definition = { ...topic(), name };
      const refused = [{ setting: 'name', reason: expect.stringMatching(reason) as string }];
      expect(plan([definition], [live(topic({ name: other }))])).toContainEqual(
        expect.objectContaining({ kind: 'forbidden', topic: name, refused: [expect.objectContaining(refused[0])] }),
      );
    });

    it('names of the catalogue that collide with each other', () => {
      const steps = plan(
        [
          { ...topic(), name: 'a.b' },
          { ...topic(), name: 'a_b' },
        ],
        [],
      );
      expect(steps.map(({ kind }) => kind)).toEqual(['forbidden', 'forbidden']);
      expect(formatPlan(steps)).toMatch(/a\.b\n {6}name: the name collides with that of topic 'a_b'/);
    });

    it.each([
      ['deletion of a topic in the catalogue', { delete: ['orders'] }],
      ['loss of records of a topic that the catalogue does not have', { dataLoss: ['ordres'] }],
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

    it('deletion of a named topic that is not in the catalogue', () => {
      expect(plan([], [live(topic())], { delete: ['orders'] })).toEqual([{ kind: 'delete', topic: 'orders' }]);
    });
  });
});

describe('a plan in words', () => {
  it('shows the changes and counts the rest', () => {
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
      'message.timestamp.before.max.ms': '604800000',
      'min.cleanable.dirty.ratio': '0.3',
      'min.insync.replicas': '2',
      'retention.bytes': '2147483648',
      'retention.ms': '604800000',
      'segment.bytes': '1073741824',
      'segment.ms': '604800000',
    });
  });
});
