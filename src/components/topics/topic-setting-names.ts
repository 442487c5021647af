import { z } from 'zod';

/** Kafka's names of all topic settings in 4.3. Source: `LogConfig.nonInternalConfigNames()`. */
export const TOPIC_SETTING_NAMES = [
  'cleanup.policy',
  'compression.gzip.level',
  'compression.lz4.level',
  'compression.type',
  'compression.zstd.level',
  'delete.retention.ms',
  'file.delete.delay.ms',
  'flush.messages',
  'flush.ms',
  'follower.replication.throttled.replicas',
  'index.interval.bytes',
  'leader.replication.throttled.replicas',
  'local.retention.bytes',
  'local.retention.ms',
  'max.compaction.lag.ms',
  'max.message.bytes',
  'message.timestamp.after.max.ms',
  'message.timestamp.before.max.ms',
  'message.timestamp.type',
  'min.cleanable.dirty.ratio',
  'min.compaction.lag.ms',
  'min.insync.replicas',
  'preallocate',
  'remote.log.copy.disable',
  'remote.log.delete.on.disable',
  'remote.storage.enable',
  'retention.bytes',
  'retention.ms',
  'segment.bytes',
  'segment.index.bytes',
  'segment.jitter.ms',
  'segment.ms',
  'unclean.leader.election.enable',
] as const;

export type TopicSettingName = (typeof TOPIC_SETTING_NAMES)[number];

/** A list of topic settings by Kafka's names. */
export const topicSettingNames = () =>
  z.array(z.enum(TOPIC_SETTING_NAMES).meta({ allowed: TOPIC_SETTING_NAMES.join(', ') }));
