import { catalogue } from '../../topics/catalogue';
import type { PlatformInput } from '../schema';
import { gibibytes } from '../units';

/** What a fork starts from; replace the cluster id before the first apply. */
export const production = {
  brokers: {
    quorum: { clusterId: 'ywXqVWykyE7p03KNVGMNFA', voters: 3 },
    storage: { size: gibibytes(500) },
    heap: gibibytes(4),
    memory: gibibytes(12),
    cpuMillicores: 2_000,
    replicaFetchers: 4,
    recoveryThreads: 4,
  },
  registry: { replicas: 2 },
  monitoring: { prometheus: { size: gibibytes(100), memory: gibibytes(2) } },
  topics: [...catalogue],
} satisfies PlatformInput;
