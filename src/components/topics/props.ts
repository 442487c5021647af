import { z } from 'zod';
import { duration, rate, size, wholeNumber } from '../../validation/fields';
import { topicSettingNames } from './topic-setting-names';
import { FOREVER, bytes, days, gibibytes, kibibytes, mebibytes, milliseconds, seconds } from '../../validation/units';

/** Longer retentions are rejected as probable mistakes; `FOREVER` means unlimited retention. */
const LONGEST = days(3_650);
const MAX_SEGMENT = bytes(2 ** 31 - 1);

/** Further topic settings in camel case; `maxMessageBytes` is Kafka's `max.message.bytes`. */
const topicSettingsSchema = z.strictObject({
  /** `compression.type`. @default the brokers' value */
  compressionType: z
    .enum(['producer', 'uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'])
    .meta({ allowed: 'producer, uncompressed, gzip, snappy, lz4 or zstd' })
    .optional(),
  /** `delete.retention.ms`. @default the brokers' value */
  deleteRetentionMs: duration({ min: milliseconds(0), max: LONGEST }).optional(),
  /** `file.delete.delay.ms`. @default the brokers' value */
  fileDeleteDelayMs: duration({ min: milliseconds(0), max: LONGEST }).optional(),
  /** `max.compaction.lag.ms`. @default the brokers' value */
  maxCompactionLagMs: duration({ min: milliseconds(1), max: LONGEST }).optional(),
  /** `max.message.bytes`. @default the brokers' value */
  maxMessageBytes: size({ min: kibibytes(1), max: mebibytes(100) }).optional(),
  /**
   * Maximum age of a record's timestamp relative to the broker's clock; `FOREVER` for any age. @default retentionMs if
   * records are deleted by the timestamp of their producers (unlimited for `copiesOf`), otherwise the brokers' value
   */
  messageTimestampBeforeMaxMs: duration({ min: FOREVER, max: LONGEST }).optional(),
  /**
   * Maximum time that a record's timestamp may be ahead of the broker's clock; `FOREVER` for any time. @default the
   * brokers' value, 1 h
   */
  messageTimestampAfterMaxMs: duration({ min: FOREVER, max: LONGEST }).optional(),
  /** `message.timestamp.type`. @default the brokers' value */
  messageTimestampType: z
    .enum(['CreateTime', 'LogAppendTime'])
    .meta({ allowed: 'CreateTime or LogAppendTime' })
    .optional(),
  /** `min.cleanable.dirty.ratio`. @default the brokers' value */
  minCleanableDirtyRatio: z.number().min(0).max(1).meta({ allowed: 'a number from 0 to 1' }).optional(),
  /** `min.compaction.lag.ms`. @default the brokers' value */
  minCompactionLagMs: duration({ min: milliseconds(0), max: LONGEST }).optional(),
});

/**
 * A topic as code. Omitted settings (replication, retention, segments) are taken from the brokers' defaults and written
 * to the topic. A later change of a broker default therefore does not change the topic.
 */
export const topicSchema = z.strictObject({
  /** Name of the topic. */
  name: z
    .string()
    .regex(/^(?!\.\.?$)[a-zA-Z0-9._-]{1,249}$/, 'Kafka does not allow this topic name')
    .meta({ allowed: '1 to 249 of a-z, A-Z, 0-9, dot, underscore and dash, not "." or ".."' }),
  /** Number of partitions. It can grow, but not shrink. */
  partitions: wholeNumber({ min: 1, max: 1_000 }),
  /** Replicas of each partition. @default brokers.replicationFactor */
  replicationFactor: wholeNumber({ min: 1, max: 9 }).optional(),
  /** `min.insync.replicas`. @default brokers.minInsyncReplicas */
  minInsyncReplicas: wholeNumber({ min: 1, max: 9 }).optional(),
  /**
   * The topic whose records this topic holds copies of, in the same partition. This topic accepts the same records,
   * with the additional headers of a failure. @default none
   */
  copiesOf: z.string().meta({ allowed: 'the name of a topic' }).optional(),
  /**
   * Whether records have keys. When partitions are added, later records of a key go to another partition than its
   * earlier ones.
   */
  keyed: z.boolean(),
  /** `cleanup.policy`. */
  cleanupPolicy: z
    .enum(['delete', 'compact', 'compact,delete'])
    .meta({ allowed: 'delete, compact or "compact,delete"' })
    .default('delete'),
  /**
   * `retention.ms`; `FOREVER` for unlimited. @default brokers.retentionMs, or `FOREVER` for the cleanup policy
   * `compact`
   */
  retentionMs: duration({ min: FOREVER, max: LONGEST }).optional(),
  /** `retention.bytes`, the maximum size of a partition's log. @default unlimited */
  retentionBytes: size({ min: mebibytes(1), max: gibibytes(100_000) }).optional(),
  /** `segment.bytes`. @default brokers.segmentBytes */
  segmentBytes: size({ min: mebibytes(1), max: MAX_SEGMENT }).optional(),
  /**
   * `segment.ms`. @default a quarter of retentionMs if that is less than 7 d, at least 10 s; otherwise 7 d, Kafka's
   * default
   */
  segmentMs: duration({ min: seconds(1), max: LONGEST }).optional(),
  /**
   * Expected bytes of records per second that producers write in production, after compression. Synthesis uses it to
   * check the size of the disks. @default none
   */
  expectedIngress: rate().optional(),
  /** Total size of the newest records of all keys; for compacted topics. @default none */
  expectedSize: size({ min: bytes(1), max: gibibytes(100_000) }).optional(),
  /** Further settings of the topic, in camel case. */
  settings: topicSettingsSchema.prefault({}),
  /**
   * Kafka's names of settings that are managed elsewhere. They are left as they are, unless the catalogue sets them.
   * @default none
   */
  ignoreSettings: topicSettingNames().optional(),
});

/** A topic as written in the catalogue. */
export type TopicDefinition = z.input<typeof topicSchema>;

/** A parsed topic, before the brokers' defaults are applied. */
export type ParsedTopic = z.output<typeof topicSchema>;
