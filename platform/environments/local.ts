import type { Environment } from '../../src/platform/environment';
import { days, gibibytes, mebibytes, seconds } from '../../src/validation/units';
import { withExamples } from '../with-examples';

/** Local processes. */
export const local = {
  brokers: {
    clusterId: '3zsT4KDQFb_Atipvu9i0lQ',
    nodePools: [{ storage: { size: gibibytes(4) }, heap: mebibytes(384), memory: mebibytes(896) }],
    logLevel: 'WARN',
    // Groups have a single member here, so there is no other member to wait for.
    properties: { 'group.initial.rebalance.delay.ms': 0 },
  },
  // Kafka UI is available only as a container image.
  ui: { enabled: false },
  monitoring: { scrapeIntervalMs: seconds(5), prometheus: { retentionMs: days(1), size: gibibytes(1) } },
  ...withExamples,
  trafficShare: 0.01,
} satisfies Environment;
