import { catalogue } from '../../topics/catalogue';
import type { PlatformInput } from '../schema';
import { days, gibibytes, mebibytes, seconds } from '../units';

/** Processes on this machine. */
export const local = {
  brokers: {
    quorum: { clusterId: '3zsT4KDQFb_Atipvu9i0lQ', voters: 3 },
    storage: { size: gibibytes(4) },
    heap: mebibytes(384),
    memory: mebibytes(768),
    logLevel: 'WARN',
    // One member makes up the whole group here: nobody else has to be waited for.
    properties: { 'group.initial.rebalance.delay.ms': 0 },
  },
  // Its image is all that there is of it.
  ui: { enabled: false },
  monitoring: { scrapeIntervalMs: seconds(5), prometheus: { retentionMs: days(1), size: gibibytes(1) } },
  topics: [...catalogue],
  samples: { enabled: true },
  trafficShare: 0.01,
} satisfies PlatformInput;
