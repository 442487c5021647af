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

/** Where each group puts what it could not handle. */
export const retryChains = {
  inventory: retryChain(orders, 'inventory', ['5s', '1m']),
  email: retryChain(orders, 'email'),
  payment: retryChain(orders, 'payment'),
  analytics: retryChain(pageViews, 'analytics'),
} as const;

/**
 * Every topic of the catalogue that the examples of clients share with tests, tools and benchmarks. It is independent of
 * `platform/` and of the example shop, so that either can change or be removed.
 */
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
] as const satisfies readonly TopicDefinition[];
