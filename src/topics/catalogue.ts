import type { TopicDefinition } from '../config/topic-schema';
import { FOREVER, days, gibibytes, hours, kibibytesPerSecond, mebibytes } from '../config/units';
import { retryChain } from './retry-chain';

const orders = {
  name: 'orders',
  partitions: 6,
  keyed: true,
  retentionMs: days(7),
  expectedIngress: kibibytesPerSecond(64),
} as const satisfies TopicDefinition;

const pageViews = {
  name: 'page-views',
  partitions: 12,
  keyed: false,
  retentionMs: days(1),
  segmentMs: hours(6),
  expectedIngress: kibibytesPerSecond(256),
  settings: { compressionType: 'producer' },
} as const satisfies TopicDefinition;

/** Where each group puts what it could not handle. */
export const retryChains = {
  inventory: retryChain(orders, 'inventory', ['5s', '1m']),
  email: retryChain(orders, 'email'),
  payment: retryChain(orders, 'payment'),
  analytics: retryChain(pageViews, 'analytics'),
} as const;

/**
 * Every topic of the platform. Add one here, then `npm run topics -- plan` shows what would happen and
 * `npm run topics -- apply` does it.
 */
export const catalogue = [
  orders,
  ...retryChains.inventory.topics,
  ...retryChains.email.topics,
  ...retryChains.payment.topics,
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
  pageViews,
  ...retryChains.analytics.topics,
  /** Views of a path in the page views' partition of the same number, which is all that its counter needs to go on. */
  {
    name: 'page-view-counts',
    partitions: pageViews.partitions,
    keyed: true,
    cleanupPolicy: 'compact',
    segmentBytes: mebibytes(32),
    expectedSize: mebibytes(64),
    expectedIngress: kibibytesPerSecond(16),
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
