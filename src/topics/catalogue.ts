import type { TopicDefinition } from '../config/topic-schema';
import { FOREVER, days, gibibytes, hours, kibibytesPerSecond, mebibytes } from '../config/units';

/**
 * Every topic of the platform. Add one here, then `npm run topics -- plan` shows what would happen and
 * `npm run topics -- apply` does it.
 */
export const catalogue = [
  {
    name: 'orders',
    partitions: 6,
    keyed: true,
    retentionMs: days(7),
    expectedIngress: kibibytesPerSecond(64),
  },
  {
    name: 'orders-paid',
    partitions: 6,
    keyed: true,
    retentionMs: days(7),
    expectedIngress: kibibytesPerSecond(16),
  },
  {
    name: 'payments',
    partitions: 6,
    keyed: true,
    retentionMs: days(30),
    expectedIngress: kibibytesPerSecond(16),
  },
  {
    name: 'revenue',
    partitions: 3,
    keyed: true,
    retentionMs: days(30),
    expectedIngress: kibibytesPerSecond(4),
  },
  {
    name: 'page-views',
    partitions: 12,
    keyed: false,
    retentionMs: days(1),
    segmentMs: hours(6),
    expectedIngress: kibibytesPerSecond(256),
    settings: { compressionType: 'producer' },
  },
  {
    name: 'customers',
    partitions: 3,
    keyed: true,
    cleanupPolicy: 'compact',
    retentionMs: FOREVER,
    segmentBytes: mebibytes(64),
    expectedSize: gibibytes(2),
    expectedIngress: kibibytesPerSecond(2),
    settings: { minCleanableDirtyRatio: 0.3 },
  },
  /** The smoke test's own: it writes to every partition and reads everything back. */
  {
    name: 'platform-smoke',
    partitions: 6,
    keyed: true,
    retentionMs: hours(1),
    segmentMs: hours(1),
    expectedIngress: kibibytesPerSecond(64),
  },
] as const satisfies readonly TopicDefinition[];

/** The name of a topic in the catalogue; any other does not compile. */
export type TopicName = (typeof catalogue)[number]['name'];

/** The topic that the smoke test writes to. */
export const SMOKE_TOPIC = 'platform-smoke' satisfies TopicName;
