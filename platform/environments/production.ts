import type { Environment } from '../../src/platform/environment';
import { gibibytes } from '../../src/validation/units';
import { applications } from '../applications';
import { schemas } from '../schemas';
import { catalogue } from '../topics';

/** The starting point for a fork. Replace the cluster id before the first apply. */
export const production = {
  brokers: {
    clusterId: 'ywXqVWykyE7p03KNVGMNFA',
    nodePools: [
      {
        name: 'broker',
        roles: ['broker'],
        firstId: 0,
        replicas: 3,
        storage: { size: gibibytes(500) },
        heap: gibibytes(4),
        memory: gibibytes(12),
        cpuMillicores: 2_000,
      },
      {
        name: 'controller',
        roles: ['controller'],
        firstId: 100,
        replicas: 3,
        storage: { size: gibibytes(10) },
        heap: gibibytes(1),
        memory: gibibytes(2),
        cpuMillicores: 500,
      },
    ],
    replicaFetchers: 4,
    recoveryThreads: 4,
  },
  registry: { replicas: 2 },
  monitoring: { prometheus: { size: gibibytes(100), memory: gibibytes(2) } },
  applications,
  topics: [...catalogue],
  schemas: [schemas],
} satisfies Environment;
