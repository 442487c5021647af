import { gibibytes, mebibytes } from '../../src/validation/units';

/** Of a node, in a cluster on one machine. */
const SIZES = {
  broker: { heap: mebibytes(512), memory: gibibytes(1), cpuMillicores: 250 },
  controller: { heap: mebibytes(256), memory: mebibytes(768), cpuMillicores: 100 },
} as const;

const STORAGE = gibibytes(4);

interface Pool {
  readonly roles: readonly ('broker' | 'controller')[];
  readonly storage: object;
}

/** The node pools of another environment with the sizes of one machine: the structure stays. */
export const scaledDown = <P extends Pool>(pools: readonly P[]) =>
  pools.map((pool) => ({
    ...pool,
    storage: { ...pool.storage, size: STORAGE },
    ...SIZES[pool.roles.includes('broker') ? 'broker' : 'controller'],
  }));
