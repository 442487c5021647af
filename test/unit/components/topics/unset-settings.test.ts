import { loadConfig } from '../../../../tools/support/environments';
import type { LiveTopic } from '../../../../src/components/topics/live-topics';
import { unsetSettings } from '../../../../src/components/topics/unset-settings';
import type { InheritedValue } from '../../../../src/protocol/describe-topic-configs';

const [definition] = loadConfig('local').topics;
if (definition === undefined) throw new Error('the catalogue has no topic');

const RETENTION = 'retention.bytes';

/** A topic with a setting that is not in the catalogue. */
const live = (setting: string, value: string, onTopic: boolean): LiveTopic => ({
  name: definition.name,
  partitions: definition.partitions,
  replicationFactor: definition.replicationFactor,
  settings: { [setting]: { value, onTopic, inherited: [] } },
  outOfSync: [],
});

const ofBrokers = (...values: readonly (readonly [value: string, source: InheritedValue['source']])[]) => [
  { settings: { [RETENTION]: values.map(([value, source]) => ({ property: 'log.retention.bytes', value, source })) } },
];

describe('a setting that is not in the catalogue', () => {
  it('returns to Kafka’s default, as known from another topic', () => {
    const defaults = new Map([['remote.storage.enable', 'false']]);
    expect(unsetSettings(definition, live('remote.storage.enable', 'true', true), { defaults }).changes).toMatchObject([
      { before: 'true', after: 'false', inherits: 'Kafka’s default' },
    ]);
  });

  it('returns to an unknown value', () => {
    expect(
      unsetSettings(definition, live('remote.storage.enable', 'true', true), { defaults: new Map() }).changes,
    ).toMatchObject([{ after: '(not set)' }]);
  });

  it.each([
    ['fewer bytes are kept than now', '-1', '1000', true],
    ['more bytes are kept than now', '10', '1000', undefined],
    ['there is no limit any more', '1000', '-1', undefined],
  ])('is a risk if %s: the topic has %s, its brokers are configured with %s', (_, own, configured, risk) => {
    const brokers = ofBrokers(['77', 'cluster'], [configured, 'default']);
    const { changes } = unsetSettings(definition, live(RETENTION, own, true), { defaults: new Map(), brokers });
    expect(changes.map((change) => [change.after, change.risk !== undefined || undefined])).toEqual([
      [configured, risk],
    ]);
  });

  it('is not a risk if its brokers keep as much', () => {
    const brokers = ofBrokers(['1000', 'default']);
    const { changes } = unsetSettings(definition, live(RETENTION, '1000', true), { defaults: new Map(), brokers });
    expect(changes).toEqual([{ setting: RETENTION, before: '1000', after: '1000', inherits: 'Kafka’s default' }]);
  });

  it('is shown with the topic’s own value if it has one', () => {
    const brokers = ofBrokers(['77', 'cluster'], ['-1', 'default']);
    const changed = (onTopic: boolean) =>
      unsetSettings(definition, live(RETENTION, '5', onTopic), { defaults: new Map(), brokers }).changes[0]?.before;
    expect(changed(true)).toBe('5');
    expect(changed(false)).toMatch(/^77 \(inherited: log\.retention\.bytes, set at run time for all brokers\)$/);
  });
});
