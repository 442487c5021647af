import { z } from 'zod';
import { duration, image, size, wholeNumber } from '../../validation/fields';
import { bytes, days, gibibytes, hours, kibibytes, mebibytes, minutes, seconds } from '../../validation/units';
import { listenersSchema } from './listener-props';
import { nodePoolSchema } from './node-pool-props';

const internalTopicsSchema = z.strictObject({
  /** Replicas of `__consumer_offsets`, `__transaction_state` and `__share_group_state`. */
  replicationFactor: wholeNumber({ min: 1, max: 9 }).default(3),
  /**
   * Min ISR of `__transaction_state` and `__share_group_state`. Kafka has no such property for `__consumer_offsets`, which has
   * `brokers.minInsyncReplicas`.
   */
  minInsyncReplicas: wholeNumber({ min: 1, max: 9 }).default(2),
});

/** What is derived from the pool (heap, memory, CPU), or must not be otherwise. */
const DERIVED_JVM_OPTION =
  /^-(Xm[snx]|XX:(MaxDirectMemorySize|ActiveProcessorCount|InitialHeapSize|MaxHeapSize|[+-](AlwaysPreTouch|ExitOnOutOfMemoryError)))/;

const jvmOption = () =>
  z
    .string()
    .regex(/^-[\w.:+=,/%-]+$/, 'this is no option of the JVM')
    .refine((option) => !DERIVED_JVM_OPTION.test(option), 'this option is derived from the node pool')
    .meta({ allowed: 'an option such as -XX:+UseZGC, without spaces and quotes, that is not derived' });

const socketBuffer = () => size({ min: kibibytes(8), max: mebibytes(64) });

/** The brokers, their quorum and what they keep. */
export const brokersSchema = z.strictObject({
  /** 16 random bytes in base64url, made once for each cluster (`npm run platform -- new-cluster-id`) and never changed. */
  clusterId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{21}[AQgw]$/, 'a cluster id is 16 bytes in base64url')
    .meta({ allowed: '22 characters of base64url that encode 16 bytes, no dash first' }),
  /** Pools of nodes. Without pools that have the role controller alone, brokers are controllers, too. */
  nodePools: z
    .array(nodePoolSchema)
    .min(1, 'a cluster has nodes')
    .meta({ allowed: 'a list of node pools' })
    .prefault([{}]),
  /** Release of Kafka. */
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, 'this is no Kafka release')
    .meta({ allowed: 'a release such as 4.3.1' })
    .default('4.3.1'),
  /**
   * Metadata version: new storage is formatted with it, and `features apply` raises a formed cluster to it. Its change restarts nothing. It
   * cannot be lowered on a formed cluster.
   */
  metadataVersion: z
    .string()
    .regex(/^\d+\.\d+-IV\d+$/, 'this is no metadata version')
    .meta({ allowed: 'a metadata version such as 4.3-IV0' })
    .default('4.3-IV0'),
  /**
   * Levels of further features by name, such as `{ 'transaction.version': 2 }`, for `features apply`. Features that are not named here are
   * left alone: new storage has the levels of its metadata version.
   */
  features: z
    .record(
      z
        .string()
        .regex(/^[a-z]+(\.[a-z]+)*\.version$/, 'this is no name of a feature')
        .meta({ allowed: 'the name of a feature, such as transaction.version' }),
      wholeNumber({ min: 0, max: 2 ** 15 - 1 }),
    )
    .default({}),
  /** Container image of the brokers. @default apache/kafka:<version> */
  image: image().optional(),
  /** Time for the controlled shutdown of a broker that may stop, before it is killed. */
  shutdownMs: duration({ min: seconds(30), max: hours(1) }).default(minutes(2)),
  /** Listeners of every node. */
  listeners: listenersSchema,
  /** `default.replication.factor`. */
  replicationFactor: wholeNumber({ min: 1, max: 9 }).default(3),
  /**
   * `min.insync.replicas`, also of `__consumer_offsets`. Clusters with eligible leader replicas (ELR) store it when they are formatted: a
   * change takes effect by `cluster-config apply`, not by a restart.
   */
  minInsyncReplicas: wholeNumber({ min: 1, max: 9 }).default(2),
  /** Replication of the internal topics. */
  internalTopics: internalTopicsSchema.prefault({}),
  /** `num.partitions`. */
  partitions: wholeNumber({ min: 1, max: 1_000 }).default(6),
  /** `log.retention.ms`. */
  retentionMs: duration({ min: hours(1), max: days(3_650) }).default(days(7)),
  /** `log.segment.bytes`. */
  segmentBytes: size({ min: mebibytes(1), max: bytes(2 ** 31 - 1) }).default(gibibytes(1)),
  /** `vm.max_map_count` of the nodes: each segment takes two memory maps of a broker. The default is that of Linux. */
  maxMapCount: wholeNumber({ min: 65_530, max: 2 ** 31 - 1 }).default(65_530),
  /** `num.network.threads`. */
  networkThreads: wholeNumber({ min: 1, max: 64 }).default(3),
  /** `num.io.threads`. */
  ioThreads: wholeNumber({ min: 1, max: 256 }).default(8),
  /** `num.replica.fetchers`. */
  replicaFetchers: wholeNumber({ min: 1, max: 32 }).default(2),
  /** `num.recovery.threads.per.data.dir`. */
  recoveryThreads: wholeNumber({ min: 1, max: 64 }).default(2),
  /** `socket.send.buffer.bytes`. */
  socketSendBuffer: socketBuffer().default(kibibytes(100)),
  /** `socket.receive.buffer.bytes`. */
  socketReceiveBuffer: socketBuffer().default(kibibytes(100)),
  /** `socket.request.max.bytes`, the largest request. */
  socketRequestMax: size({ min: mebibytes(1), max: gibibytes(1) }).default(mebibytes(16)),
  /** `queued.max.request.bytes`: bound of the requests that were read and are not handled yet. @default an eighth of the heap */
  queuedRequestsMax: size({ min: mebibytes(1), max: gibibytes(32) }).optional(),
  /** `max.connections` of one broker; connections of other brokers are always admitted. @default one for each 256 KiB of heap */
  maxConnections: wholeNumber({ min: 10, max: 1_000_000 }).optional(),
  /**
   * Options of the JVM of every node, in place of those that Kafka starts with (`KAFKA_JVM_PERFORMANCE_OPTS`), such as `['-XX:+UseZGC']`.
   * Heap, direct memory and processors are derived from the pool. @default Kafka's; of local processes, options for a quick start
   */
  jvmOptions: z.array(jvmOption()).min(1, 'the list is empty').meta({ allowed: 'a list of options' }).optional(),
  /** Log level of everything; finer levels are set for single loggers. */
  logLevel: z.enum(['ERROR', 'WARN', 'INFO']).meta({ allowed: 'ERROR, WARN or INFO' }).default('INFO'),
  /** Levels of single loggers by name, such as `{ 'kafka.controller': 'DEBUG' }`. */
  loggers: z
    .record(
      z
        .string()
        .regex(/^[A-Za-z_][\w]*(\.[A-Za-z_][\w]*)*$/, 'this is no name of a logger')
        .meta({ allowed: 'the name of a logger, such as kafka.controller' }),
      z.enum(['ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE']).meta({ allowed: 'ERROR, WARN, INFO, DEBUG or TRACE' }),
    )
    .default({}),
  /**
   * Further broker properties, by Kafka's names. Properties that Kafka does not define, and those that this configuration derives, are
   * refused.
   */
  properties: z
    .record(
      z.string(),
      z
        .union([z.string(), z.number(), z.boolean(), z.bigint()])
        // A configuration is written as JSON, which has no such numbers.
        .transform((value) => (typeof value === 'bigint' ? String(value) : value))
        .meta({ allowed: 'a text, a number, a bigint or a boolean' }),
    )
    .default({}),
});

/** With every default applied. */
export type BrokersProps = z.output<typeof brokersSchema>;
