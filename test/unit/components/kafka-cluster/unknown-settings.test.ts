import { KAFKA_4_3 } from '../../../../src/kafka-settings/settings-4.3';
import { takes } from '../../../../src/kafka-settings/value';
import { parseConfig } from '../../../../src/platform/load';
import { topicConfig } from '../../../../src/components/topics/topic-config';
import { problemsOf, validConfig, withValue } from '../../../../tools/support/config';

describe('an unknown setting', () => {
  it.each([
    [
      'brokers/retentonMs',
      1,
      'there is no such setting; the nearest is retentionMs',
      'write retentionMs, or remove it',
    ],
    ['brokers/min_insync_replicas', 1, /called minInsyncReplicas here/, 'write minInsyncReplicas'],
    [
      'brokers/log.cleaner.threads',
      1,
      /a property of Kafka’s/,
      "write it as brokers.properties['log.cleaner.threads']",
    ],
    [
      'brokers/logSegmentBytes',
      1,
      /log\.segment\.bytes is derived/,
      'remove it; what decides it is brokers.segmentBytes',
    ],
    ['topics/0/retention.ms', 1, /called retentionMs here/, 'write retentionMs'],
    ['topics/0/partitons', 1, /nearest is partitions/, 'write partitions, or remove it'],
    ['topics/0/settings/maxMessageByte', 1, /nearest is maxMessageBytes/, 'write maxMessageBytes, or remove it'],
    ['topics/0/settings/max.message.bytes', 1, /called maxMessageBytes here/, 'write maxMessageBytes'],
    [
      'topics/0/settings/message.max.bytes',
      1,
      /a property of brokers; topics have maxMessageBytes/,
      /write maxMessageBytes/,
    ],
    ['topics/0/settings/retentionMs', 1, /stands beside settings/, 'write it as retentionMs of topic orders'],
    [
      'topics/0/settings/flush.messages',
      1,
      /not set for single topics/,
      /brokers\.properties\.log\.flush\.interval\.messages/,
    ],
    ['topics/0/settings/uncleanLeaderElectionEnable', true, /loses acknowledged records/, 'remove it'],
    ['topics/0/settings/zzz', 1, 'there is no such setting', 'correct the name or remove it'],
  ])('%s is reported with the intended one', (path, value, message, fix) => {
    const [problem, ...others] = problemsOf(withValue(path, value));
    expect(others).toEqual([]);
    expect(problem?.path).toBe(path.replaceAll('/', '.'));
    expect(problem?.message).toMatch(message);
    expect(problem?.fix).toMatch(fix);
  });
});

describe('the settings of a topic in the catalogue', () => {
  const [topic] = validConfig.topics;
  const settings = {
    compressionType: 'zstd',
    deleteRetentionMs: 0,
    fileDeleteDelayMs: 0,
    maxCompactionLagMs: 1,
    maxMessageBytes: 1024,
    messageTimestampBeforeMaxMs: -1,
    messageTimestampAfterMaxMs: 0,
    messageTimestampType: 'LogAppendTime',
    minCleanableDirtyRatio: 1e-7,
    minCompactionLagMs: 0,
  };

  it('have the names and minimum values of Kafka’s definitions', () => {
    const least = {
      ...topic,
      segmentBytes: 2 ** 20,
      segmentMs: 1_000,
      retentionMs: -1,
      retentionBytes: 2 ** 20,
      settings,
    };
    const [resolved] = parseConfig(withValue('topics', [least])).topics;
    if (resolved === undefined) throw new Error('there is one topic');
    const refused = Object.entries(topicConfig(resolved)).filter(([name, text]) => {
      const definition = KAFKA_4_3.topic[name];
      return definition === undefined || !takes(definition, text);
    });
    expect(refused).toEqual([]);
  });
});
