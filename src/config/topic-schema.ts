import { z } from 'zod';
import { duration, rate, size, wholeNumber } from './fields';
import { FOREVER, bytes, days, gibibytes, kibibytes, mebibytes, milliseconds, seconds } from './units';

/** The longest retention that is taken for a meant one; what should stay longer stays for ever. */
const LONGEST = days(3_650);
const MAX_SEGMENT = bytes(2 ** 31 - 1);

/** Further topic settings in camel case; `maxMessageBytes` is Kafka's `max.message.bytes`. */
const topicSettingsSchema = z.strictObject({
  compressionType: z
    .enum(['producer', 'uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'])
    .meta({ allowed: 'producer, uncompressed, gzip, snappy, lz4 or zstd' })
    .optional(),
  deleteRetentionMs: duration({ min: milliseconds(0), max: LONGEST }).optional(),
  fileDeleteDelayMs: duration({ min: milliseconds(0), max: LONGEST }).optional(),
  maxCompactionLagMs: duration({ min: milliseconds(1), max: LONGEST }).optional(),
  maxMessageBytes: size({ min: kibibytes(1), max: mebibytes(100) }).optional(),
  messageTimestampType: z
    .enum(['CreateTime', 'LogAppendTime'])
    .meta({ allowed: 'CreateTime or LogAppendTime' })
    .optional(),
  minCleanableDirtyRatio: z.number().min(0).max(1).meta({ allowed: 'a number from 0 to 1' }).optional(),
  minCompactionLagMs: duration({ min: milliseconds(0), max: LONGEST }).optional(),
});

/**
 * A topic as code. What is left out (replication, retention, segments) comes from the brokers' defaults, is written
 * to the topic all the same, and so does not change when a broker default does.
 */
export const topicSchema = z.strictObject({
  /** 1 to 249 of `a-z A-Z 0-9 . _ -`. */
  name: z
    .string()
    .regex(/^(?!\.\.?$)[a-zA-Z0-9._-]{1,249}$/, 'Kafka takes no such topic name')
    .meta({ allowed: '1 to 249 of a-z, A-Z, 0-9, dot, underscore and dash, not "." or ".."' }),
  partitions: wholeNumber({ min: 1, max: 1_000 }),
  /** @default brokers.replicationFactor */
  replicationFactor: wholeNumber({ min: 1, max: 9 }).optional(),
  /** @default brokers.minInsyncReplicas */
  minInsyncReplicas: wholeNumber({ min: 1, max: 9 }).optional(),
  /** Records carry keys; more partitions would then send a key's later records elsewhere than its earlier ones. */
  keyed: z.boolean(),
  /** @default delete */
  cleanupPolicy: z
    .enum(['delete', 'compact', 'compact,delete'])
    .meta({ allowed: 'delete, compact or "compact,delete"' })
    .default('delete'),
  /** @default brokers.retentionMs, or for ever for a topic that is only compacted */
  retentionMs: duration({ min: FOREVER, max: LONGEST }).optional(),
  /** Limit of one partition's log. @default none */
  retentionBytes: size({ min: mebibytes(1), max: gibibytes(100_000) }).optional(),
  /** @default brokers.segmentBytes */
  segmentBytes: size({ min: mebibytes(1), max: MAX_SEGMENT }).optional(),
  /** @default 7 d, Kafka's own */
  segmentMs: duration({ min: seconds(1), max: LONGEST }).default(days(7)),
  /** Record bytes a second that producers are expected to write in production, after compression. */
  expectedIngress: rate().optional(),
  /** Bytes that the newest record of every key takes together; for compacted topics. */
  expectedSize: size({ min: bytes(1), max: gibibytes(100_000) }).optional(),
  settings: topicSettingsSchema.prefault({}),
});

/** A topic as it is written in the catalogue. */
export type TopicDefinition = z.input<typeof topicSchema>;

/** A topic after parsing, brokers' defaults not yet applied. */
export type ParsedTopic = z.output<typeof topicSchema>;
