import { catalogue } from '../../topics/catalogue';
import type { PlatformInput } from '../schema';
import { days, gibibytes, mebibytes, minutes, seconds } from '../units';

/** A kind cluster on one machine: small brokers, the same shape as production. */
export const kind = {
  brokers: {
    quorum: { clusterId: 'yDFbpP2r_6p4WzmwNV1boQ', voters: 3 },
    storage: { size: gibibytes(4) },
    heap: mebibytes(512),
    memory: gibibytes(1),
    cpuMillicores: 250,
    shutdownMs: minutes(1),
  },
  guard: { stopWaitMs: minutes(2), syncStallMs: minutes(1) },
  ui: { memory: mebibytes(512) },
  monitoring: {
    scrapeIntervalMs: seconds(5),
    prometheus: { retentionMs: days(1), size: gibibytes(2), memory: mebibytes(512) },
  },
  topics: [...catalogue],
  // Each event of theirs costs transactions, and all brokers share the machine's few cores.
  samples: { enabled: true, orderService: { eventsPerSecond: 1 }, pageViewGenerator: { eventsPerSecond: 2 } },
  trafficShare: 0.01,
} satisfies PlatformInput;
