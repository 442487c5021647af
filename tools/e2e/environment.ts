import { environments } from '../../platform/environments';
import { parseConfig, type Platform } from '../../src/platform/load';
import type { PlatformInput } from '../../src/platform/schema';
import { QUICK_START } from '../../src/processes/quick-start';
import { firstPool } from '../support/first-pool';

/**
 * `combined`: nodes are broker and controller, and their JVMs start as fast as those of local processes, for machines with fewer than four
 * cores. Otherwise as in the environment.
 */
const NODES = 'E2E_NODES';

const { brokers } = environments.kind;

type Brokers = PlatformInput['brokers'];

interface Kind extends Omit<typeof environments.kind, 'brokers'> {
  readonly brokers: Brokers & Required<Pick<Brokers, 'nodePools'>>;
}

/** Three nodes, each of them broker and controller. */
export const combined: Kind = {
  ...environments.kind,
  brokers: {
    ...brokers,
    nodePools: [{ ...firstPool(brokers), roles: ['controller', 'broker'] }],
    jvmOptions: [...QUICK_START],
  },
};

/** The environment that the scenarios deploy. */
export const environment: Kind = process.env[NODES] === 'combined' ? combined : environments.kind;

/** It with changes. */
export const environmentWith = (change: object): Platform => parseConfig({ ...environment, ...change });
