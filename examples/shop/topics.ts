import type { TopicDefinition } from 'kafka-platform/config';
import { FOREVER, days, gibibytes, kibibytesPerSecond, mebibytes } from 'kafka-platform/config';
import { retryChain } from 'kafka-platform/config';

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
  expectedIngress: kibibytesPerSecond(256),
  settings: { compressionType: 'producer' },
} as const satisfies TopicDefinition;

/** Retry chains of the groups. */
export const retryChains = {
  inventory: retryChain(orders, 'inventory', ['5s', '1m']),
  email: retryChain(orders, 'email'),
  payment: retryChain(orders, 'payment'),
  analytics: retryChain(pageViews, 'analytics'),
} as const;

/** Every topic of the shop. */
export const topics = [
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
  /**
   * The counts of a partition of page views, in the partition of the same number, from which its counter is restored.
   */
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
] as const satisfies readonly TopicDefinition[];
