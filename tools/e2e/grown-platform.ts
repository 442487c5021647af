import { definePlatform } from '../../src/platform/definition';
import { environment } from './environment';

const { nodePools } = environment.brokers;
const [first] = nodePools;

/** Ids of the brokers that are added. */
export const ADDED = [3, 4] as const;

/** Name of the pool that has them where the nodes of the first are controllers, too: their number stays. */
export const ADDED_POOL = 'more';

const hasControllers = first?.roles?.includes('controller') ?? true;

/** Two brokers more, in the first pool if it may grow. */
export const grown = {
  ...environment,
  brokers: {
    ...environment.brokers,
    nodePools: hasControllers
      ? [
          ...nodePools,
          { ...first, name: ADDED_POOL, roles: ['broker' as const], firstId: ADDED[0], replicas: ADDED.length },
        ]
      : [{ ...first, replicas: ADDED[0] + ADDED.length }, ...nodePools.slice(1)],
  },
};

/** For the commands, by `--config`. */
export default definePlatform({ environments: { first: environment, grown } });
