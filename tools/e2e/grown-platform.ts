import { definePlatform } from '../../src/platform/definition';
import type { PlatformInput } from '../../src/platform/schema';
import { environment } from './environment';

/** Ids of the brokers that are added. */
export const ADDED = [3, 4] as const;

/** Name of the pool that has them where the nodes of the first are controllers, too: their number stays. */
export const ADDED_POOL = 'more';

/** Brokers may share one of the three nodes of Kubernetes. */
const nodePools = environment.brokers.nodePools.map((pool) => ({
  ...pool,
  scheduling: { ...pool.scheduling, podAntiAffinity: 'preferred' as const },
}));

const withPools = (pools: typeof nodePools): PlatformInput => ({
  ...environment,
  brokers: { ...environment.brokers, nodePools: pools },
});

/** Before the others come. */
export const first = withPools(nodePools);

/** Two brokers more, in the first pool if it may grow. */
export const grown = withPools(
  nodePools.flatMap((pool, index) => {
    if (index > 0) return [pool];
    if (pool.roles?.includes('controller') === false) return [{ ...pool, replicas: ADDED[0] + ADDED.length }];
    return [pool, { ...pool, name: ADDED_POOL, roles: ['broker'], firstId: ADDED[0], replicas: ADDED.length }];
  }),
);

/** For the commands, by `--config`. */
export default definePlatform({ environments: { grown } });
