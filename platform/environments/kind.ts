import type { Environment } from '../../src/platform/environment';
import { days, gibibytes, mebibytes, minutes, seconds } from '../../src/validation/units';
import { withExamples } from '../with-examples';
import { production } from './production';
import { scaledDown } from './scaled-down';

/** A kind cluster on one machine: the nodes of production, scaled down. */
export const kind = {
  renderNamespace: true,
  brokers: {
    clusterId: 'yDFbpP2r_6p4WzmwNV1boQ',
    nodePools: scaledDown(production.brokers.nodePools),
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
