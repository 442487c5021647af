import { days, definePlatform, gibibytes, kibibytesPerSecond, type PlatformInput } from 'kafka-platform/config';

const topic = { partitions: 6, keyed: true, retentionMs: days(7), expectedIngress: kibibytesPerSecond(64) };

/** What the app renders and what the commands work with. */
export const production = {
  name: 'orders',
  namespace: 'shop',
  // Of this cluster alone: `npx kafka-platform platform new-cluster-id` makes one.
  brokers: { clusterId: 'q1Sh-9_ISia_zwGINzRvyQ', nodePools: [{ replicas: 3, storage: { size: gibibytes(150) } }] },
  topics: [
    { name: 'orders', ...topic },
    { name: 'invoices', ...topic },
  ],
  ui: { enabled: false },
  monitoring: { mode: 'none', dashboards: false },
} satisfies PlatformInput;

export default definePlatform({ environments: { production } });
