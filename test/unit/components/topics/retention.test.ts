import type { TopicDefinition } from '../../../../src/components/topics/props';
import { parseConfig, type Platform } from '../../../../src/platform/load';
import { FOREVER, days, hours, mebibytes, milliseconds, minutes, seconds } from '../../../../src/validation/units';
import { brokerProperties } from '../../../../src/components/kafka-cluster/broker-properties';
import { localLayout } from '../../../../src/components/kafka-cluster/local-layout';
import { retryChain } from '../../../../src/components/topics/retry-chain';
import { topicConfig } from '../../../../src/components/topics/topic-config';
import { topics, withValues } from '../../../../tools/support/config';

const configOf = (changes: Readonly<Record<string, unknown>>): Platform => parseConfig(withValues(changes));

function settingsOf(override: Partial<TopicDefinition>): Readonly<Record<string, string>> {
  const [topic] = configOf(topics(override)).topics;
  if (topic === undefined) throw new Error('the configuration lost its topic');
  return topicConfig(topic);
}

function propertyOf(config: Platform, name: string): readonly string[] {
  const layout = localLayout(config, {
    ports: [0, 1, 2].map((id) => [10 + id, 20 + id, 30 + id, 40 + id] as const),
    directory: (id) => `/state/${id}`,
  });
  const [node] = layout.nodes;
  if (node === undefined) throw new Error('there is no node');
  const lines = brokerProperties(config, layout, node).split('\n');
  return lines.filter((line) => line.startsWith(`${name}=`)).map((line) => line.slice(name.length + 1));
}

describe('segment.ms of a topic that does not set it', () => {
  it.each([
    [seconds(1), seconds(10)],
    [minutes(1), seconds(15)],
    [hours(1), minutes(15)],
    [days(1), hours(6)],
    [milliseconds(days(7) - 1), milliseconds(Math.floor((days(7) - 1) / 4))],
    [days(7), days(7)],
    [days(30), days(7)],
    [FOREVER, days(7)],
  ])('with a retention of %i ms is %i ms', (retentionMs, segmentMs) => {
    const bounded = { retentionMs, retentionBytes: mebibytes(16) };
    expect(settingsOf(bounded)['segment.ms']).toBe(String(segmentMs));
  });

  it('follows the brokers’ retention if the topic has none of its own', () => {
    const config = configOf({ ...topics({ retentionMs: undefined }), 'brokers/retentionMs': hours(8) });
    expect(config.topics[0]?.segmentMs).toBe(hours(2));
  });

  it('is Kafka’s default for a topic that is only compacted', () => {
    const compacted = { cleanupPolicy: 'compact', retentionMs: undefined, expectedSize: mebibytes(1) } as const;
    expect(settingsOf(compacted)['segment.ms']).toBe(String(days(7)));
  });

  it('does not change when a configuration with all defaults is parsed again', () => {
    const config = configOf(topics({ retentionMs: hours(1) }, { retentionMs: seconds(1) }));
    expect(parseConfig({ ...config }).topics).toEqual(config.topics);
  });
});

describe('the oldest record that a topic accepts', () => {
  const BEFORE = 'message.timestamp.before.max.ms';
  const compacted = { cleanupPolicy: 'compact', retentionMs: undefined, expectedSize: mebibytes(1) } as const;

  it.each([
    ['is as old as the retention', { retentionMs: hours(2) }, String(hours(2))],
    [
      'is as old as the retention, where the topic is compacted too',
      { ...compacted, cleanupPolicy: 'compact,delete', retentionMs: hours(2) },
      String(hours(2)),
    ],
    ['is what is written down', { settings: { messageTimestampBeforeMaxMs: minutes(5) } }, String(minutes(5))],
    ['is any without an end of the retention', { retentionMs: FOREVER, retentionBytes: mebibytes(16) }, undefined],
    ['is any of a topic that is only compacted', compacted, undefined],
    ['is any where the brokers set the time', { settings: { messageTimestampType: 'LogAppendTime' } }, undefined],
  ] as const)('%s', (_, override, value) => {
    expect(settingsOf(override)[BEFORE]).toBe(value);
  });

  it('is unlimited for a topic of copies, which keep the timestamp of their record', () => {
    const [, copies] = configOf(topics({ name: 'orders' }, { name: 'copies', copiesOf: 'orders' })).topics;
    expect(copies && topicConfig(copies)[BEFORE]).toBe('9223372036854775807');
  });
});

describe('retry and dead-letter topics', () => {
  it.each([
    [{ retentionMs: days(7) }, days(14)],
    [{ retentionMs: hours(4) }, hours(5)],
    [{ retentionMs: hours(4), segmentMs: hours(2) }, hours(6)],
  ])('keep a copy of the oldest record of %j as long as any other', (source, oldest) => {
    const { topics: chain } = retryChain({ name: 'orders', partitions: 6, ...source }, 'email', ['5s']);
    expect(chain.map(({ retentionMs }) => retentionMs)).toEqual([oldest + days(2), oldest + days(14)]);
  });

  it('keep records of a compacted source forever', () => {
    const source = { name: 'customers', partitions: 1, cleanupPolicy: 'compact', retentionMs: FOREVER } as const;
    expect(retryChain(source, 'email').topics[0]?.retentionMs).toBe(FOREVER);
  });
});

describe('brokers check for deletable segments', () => {
  it.each([
    [seconds(1), seconds(1)],
    [minutes(1), seconds(15)],
    [hours(1), minutes(5)],
    [FOREVER, minutes(5)],
  ])('with a retention of %i ms every %i ms', (retentionMs, interval) => {
    const config = configOf(topics({ retentionMs: days(7) }, { retentionMs, retentionBytes: mebibytes(16) }));
    expect(propertyOf(config, 'log.retention.check.interval.ms')).toEqual([String(interval)]);
  });

  it('at a configured interval', () => {
    const config = configOf({ 'brokers/properties/log.retention.check.interval.ms': 2_000 });
    expect(propertyOf(config, 'log.retention.check.interval.ms')).toEqual(['2000']);
  });
});

describe('offsets of groups are kept', () => {
  const inDays = (config: Platform): number => {
    const [minutesKept, ...more] = propertyOf(config, 'offsets.retention.minutes');
    expect(more).toEqual([]);
    return Number(minutesKept) / 60 / 24;
  };

  it.each([
    ['60 days where nothing needs more', { retentionMs: days(1) }, 60],
    ['longer than a record may be read, its segment and a margin included', { retentionMs: days(53) }, 120],
    ['longer than the longest of them', { retentionMs: days(90) }, 120],
    [
      'as if it were not there, for a topic that is only compacted',
      { cleanupPolicy: 'compact', retentionMs: undefined, expectedSize: mebibytes(1) },
      60,
    ],
  ] as const)('%s', (_, override, kept) => {
    expect(inDays(configOf(topics(override, { retentionMs: hours(1) })))).toBe(kept);
  });

  it('longer than records of a topic with the brokers’ defaults, which any client may create', () => {
    expect(inDays(configOf({ ...topics({ retentionMs: hours(1) }), 'brokers/retentionMs': days(90) }))).toBe(120);
  });

  it('as long as Kafka allows if a topic has unlimited retention', () => {
    const config = configOf(topics({ retentionMs: FOREVER, retentionBytes: mebibytes(16) }));
    expect(propertyOf(config, 'offsets.retention.minutes')).toEqual([String(2 ** 31 - 1)]);
  });

  it('as long as configured, if that is enough', () => {
    const config = configOf({ 'brokers/properties/offsets.retention.minutes': 100_000 });
    expect(propertyOf(config, 'offsets.retention.minutes')).toEqual(['100000']);
  });
});
