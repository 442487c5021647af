import { definePlatform, gibibytes, mebibytes } from 'kafka-platform/config';
import { retryChains, topics } from './topics';
import { schemas } from './schemas';

/** The catalogue as a platform of one machine, for `--config` of the commands. */
export default definePlatform({
  environments: {
    local: {
      brokers: {
        clusterId: '3zsT4KDQFb_Atipvu9i0lQ',
        nodePools: [{ storage: { size: gibibytes(4) }, heap: mebibytes(384), memory: mebibytes(896) }],
      },
      topics: [...topics],
      trafficShare: 0.01,
    },
  },
  topics: [{ file: 'examples/catalogue/topics.ts', topics }],
  retryChains: Object.values(retryChains),
  schemas: { local: [schemas] },
});
