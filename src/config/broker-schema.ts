import { z } from 'zod';
import { dnsName, duration, image, port, size, wholeNumber } from './fields';
import { bytes, days, gibibytes, hours, kibibytes, mebibytes, minutes, seconds } from './units';

const listenersSchema = z.strictObject({
  /** Clients. @default 9092 */
  client: port().default(9092),
  /** The metadata quorum. @default 9093 */
  controller: port().default(9093),
  /** Broker to broker. @default 9094 */
  replication: port().default(9094),
});

const storageSchema = z.strictObject({
  /** Size of each broker's volume claim. @default 10 GiB */
  size: size({ min: gibibytes(1), max: gibibytes(65_536) }).default(gibibytes(10)),
  /** @default the cluster's default storage class */
  storageClass: dnsName().optional(),
});

const quorumSchema = z.strictObject({
  /** 16 random bytes in base64url, made once per cluster (`kafka-storage.sh random-uuid`) and never changed. */
  clusterId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{21}[AQgw]$/, 'a cluster id is 16 bytes in base64url')
    .meta({ allowed: '22 characters of base64url that encode 16 bytes, no dash first' }),
  /** How many voters the cluster was formed with; static voters never change in place. */
  voters: wholeNumber({ min: 1, max: 9 }),
});

const internalTopicsSchema = z.strictObject({
  /** Of __consumer_offsets, __transaction_state and __share_group_state. @default 3 */
  replicationFactor: wholeNumber({ min: 1, max: 9 }).default(3),
  /** @default 2 */
  minInsyncReplicas: wholeNumber({ min: 1, max: 9 }).default(2),
});

const socketBuffer = () => size({ min: kibibytes(8), max: mebibytes(64) });

/** The brokers, their quorum and what they keep. */
export const brokersSchema = z.strictObject({
  /** @default 3 */
  count: wholeNumber({ min: 1, max: 9 }).default(3),
  /** Every node is broker and controller. Dedicated controllers will be a second list of nodes. @default combined */
  roles: z.enum(['combined']).meta({ allowed: 'combined' }).default('combined'),
  quorum: quorumSchema,
  /** Kafka's release. @default 4.3.1 */
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, 'this is no Kafka release')
    .meta({ allowed: 'a release such as 4.3.1' })
    .default('4.3.1'),
  /** Feature level that storage is formatted with; raised only after all brokers run the newer release. */
  metadataVersion: z
    .string()
    .regex(/^\d+\.\d+-IV\d+$/, 'this is no metadata version')
    .meta({ allowed: 'a metadata version such as 4.3-IV0' })
    .default('4.3-IV0'),
  /** @default apache/kafka:<version> */
  image: image().optional(),
  storage: storageSchema.prefault({}),
  /** Java heap, initial and maximal. @default 1 GiB */
  heap: size({ min: mebibytes(256), max: gibibytes(64) }).default(gibibytes(1)),
  /** Memory request and limit of the pod; what the heap leaves is page cache. @default 2 GiB */
  memory: size({ min: mebibytes(512), max: gibibytes(1_024) }).default(gibibytes(2)),
  /** CPU request in thousandths of a core; there is no CPU limit. @default 500 */
  cpuMillicores: wholeNumber({ min: 50, max: 64_000 }).default(500),
  /** How long a broker that may stop has for its controlled shutdown before it is killed. @default 2 min */
  shutdownMs: duration({ min: seconds(30), max: hours(1) }).default(minutes(2)),
  listeners: listenersSchema.prefault({}),
  /** `default.replication.factor`. @default 3 */
  replicationFactor: wholeNumber({ min: 1, max: 9 }).default(3),
  /** `min.insync.replicas`. @default 2 */
  minInsyncReplicas: wholeNumber({ min: 1, max: 9 }).default(2),
  internalTopics: internalTopicsSchema.prefault({}),
  /** `num.partitions`. @default 6 */
  partitions: wholeNumber({ min: 1, max: 1_000 }).default(6),
  /** `log.retention.ms`. @default 7 d */
  retentionMs: duration({ min: hours(1), max: days(3_650) }).default(days(7)),
  /** `log.segment.bytes`. @default 1 GiB */
  segmentBytes: size({ min: mebibytes(1), max: bytes(2 ** 31 - 1) }).default(gibibytes(1)),
  /** `num.network.threads`. @default 3 */
  networkThreads: wholeNumber({ min: 1, max: 64 }).default(3),
  /** `num.io.threads`. @default 8 */
  ioThreads: wholeNumber({ min: 1, max: 256 }).default(8),
  /** `num.replica.fetchers`. @default 2 */
  replicaFetchers: wholeNumber({ min: 1, max: 32 }).default(2),
  /** `num.recovery.threads.per.data.dir`. @default 2 */
  recoveryThreads: wholeNumber({ min: 1, max: 64 }).default(2),
  /** `socket.send.buffer.bytes`. @default 100 KiB */
  socketSendBuffer: socketBuffer().default(kibibytes(100)),
  /** `socket.receive.buffer.bytes`. @default 100 KiB */
  socketReceiveBuffer: socketBuffer().default(kibibytes(100)),
  /** `socket.request.max.bytes`, the largest request. @default 100 MiB */
  socketRequestMax: size({ min: mebibytes(1), max: gibibytes(1) }).default(mebibytes(100)),
  /** @default INFO */
  logLevel: z.enum(['ERROR', 'WARN', 'INFO', 'DEBUG']).meta({ allowed: 'ERROR, WARN, INFO or DEBUG' }).default('INFO'),
  /** Any further broker property; one that is derived from this configuration is refused. */
  properties: z
    .record(
      z
        .string()
        .regex(/^[a-z][a-z0-9]*(\.[a-z0-9]+)*$/)
        .meta({ allowed: 'a property name in lower case, such as log.cleaner.threads' }),
      z.union([z.string(), z.number(), z.boolean()]).meta({ allowed: 'a text, a number or a boolean' }),
    )
    .default({}),
});
