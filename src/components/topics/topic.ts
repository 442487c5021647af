import type { TopicsSettings } from './topics-settings';
import { messageLimit } from './message-limits';
import { deletesByAge, derivedSegmentMs } from './retention-times';
import { topicConfig } from './topic-config';
import type { ParsedTopic } from './props';
import type { TopicSettingName } from './topic-setting-names';
import { FOREVER, bytes, type Bytes, type Milliseconds } from '../../validation/units';

/** A topic with the brokers' defaults applied: all settings that are written to the cluster. */
export interface Topic extends ParsedTopic {
  readonly replicationFactor: number;
  readonly minInsyncReplicas: number;
  readonly retentionMs: Milliseconds;
  readonly segmentBytes: Bytes;
  readonly segmentMs: Milliseconds;
}

const INHERITED = ['replicationFactor', 'minInsyncReplicas', 'retentionMs', 'segmentBytes'] as const;

type BrokerDefaults = Pick<TopicsSettings['brokers'], (typeof INHERITED)[number]>;

/** Paths of the settings from which topics are resolved. A rule that resolves topics must list them. */
export const TOPIC_SOURCES: readonly string[] = ['topics', ...INHERITED.map((name) => `brokers.${name}`)];

/** All topics with the brokers' defaults applied, and with the limits that copies take over from their source. */
export const resolveTopics = (config: Pick<TopicsSettings, 'topics' | 'brokers' | 'provisioning'>): readonly Topic[] =>
  config.topics.map((topic) => withIgnored(resolveCopy(topic, config), config.provisioning.ignoreSettings));

function resolveCopy(topic: ParsedTopic, config: Pick<TopicsSettings, 'topics' | 'brokers'>): Topic {
  const resolved = resolveTopic(topic, config.brokers);
  if (topic.copiesOf === undefined) return resolved;
  const maxMessageBytes = messageLimit(topic, config);
  // A batch must fit into a segment.
  const segmentBytes = bytes(Math.max(resolved.segmentBytes, maxMessageBytes));
  return { ...resolved, segmentBytes, settings: { ...resolved.settings, maxMessageBytes } };
}

/** Settings that are ignored for all topics apply only to topics that do not set them. */
function withIgnored(topic: Topic, ofAll: readonly TopicSettingName[]): Topic {
  const set = topicConfig(topic);
  const ignored = new Set([...(topic.ignoreSettings ?? []), ...ofAll.filter((name) => !Object.hasOwn(set, name))]);
  return ignored.size === 0 ? topic : { ...topic, ignoreSettings: [...ignored] };
}

export function resolveTopic(topic: ParsedTopic, defaults: BrokerDefaults): Topic {
  const retentionMs = topic.retentionMs ?? (topic.cleanupPolicy === 'compact' ? FOREVER : defaults.retentionMs);
  return {
    ...topic,
    replicationFactor: topic.replicationFactor ?? defaults.replicationFactor,
    minInsyncReplicas: topic.minInsyncReplicas ?? defaults.minInsyncReplicas,
    retentionMs,
    segmentBytes: topic.segmentBytes ?? defaults.segmentBytes,
    segmentMs: topic.segmentMs ?? derivedSegmentMs({ ...topic, retentionMs }),
    settings: { ...topic.settings, ...oldestAccepted({ ...topic, retentionMs }) },
  };
}

/**
 * Default for the maximum age of a record. A record that is older than the retention time would be acknowledged and
 * then deleted within minutes. Copies keep the timestamp of a record that was accepted before.
 */
function oldestAccepted(
  topic: ParsedTopic & Pick<Topic, 'retentionMs'>,
): Pick<Topic['settings'], 'messageTimestampBeforeMaxMs'> {
  const { messageTimestampType, messageTimestampBeforeMaxMs } = topic.settings;
  if (messageTimestampBeforeMaxMs !== undefined || messageTimestampType === 'LogAppendTime') return {};
  if (!deletesByAge(topic)) return {};
  return { messageTimestampBeforeMaxMs: topic.copiesOf === undefined ? topic.retentionMs : FOREVER };
}
