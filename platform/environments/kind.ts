import type { Environment } from '../../src/platform/environment';
import { days, gibibytes, mebibytes, minutes, seconds } from '../../src/validation/units';
import { withExamples } from '../with-examples';

/** A kind cluster on one machine: small brokers, with the same structure as production. */
export const kind = {
  renderNamespace: true,
  brokers: {
    clusterId: 'yDFbpP2r_6p4WzmwNV1boQ',
    nodePools: [{ storage: { size: gibibytes(4) }, heap: mebibytes(512), memory: gibibytes(1), cpuMillicores: 250 }],
    shutdownMs: minutes(1),
  },
  guard: { stopWaitMs: minutes(2) },
  ui: { memory: mebibytes(512) },
  monitoring: {
    scrapeIntervalMs: seconds(5),
    prometheus: { retentionMs: days(1), size: gibibytes(2), memory: mebibytes(512) },
  },
  ...withExamples,
  trafficShare: 0.01,
} satisfies Environment;
