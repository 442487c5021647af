import type { Platform } from '../config/load';
import { nodeIds, type ClusterLayout } from './layout';

export const LOOPBACK = '127.0.0.1';

/** How many ports each broker listens on. */
export const PORTS_PER_BROKER = 3;

interface LocalPlaces {
  /** One list of {@link PORTS_PER_BROKER} for each broker: client, controller, replication. */
  readonly ports: readonly (readonly [number, number, number])[];
  /** Directory of one broker. */
  readonly directory: (nodeId: number) => string;
}

/** Every broker as a process on the loopback interface. */
export function localLayout(config: Platform, { ports, directory }: LocalPlaces): ClusterLayout {
  return {
    bindAddress: LOOPBACK,
    nodes: nodeIds(config).map((id) => {
      const own = ports[id];
      if (own === undefined) throw new Error(`no ports for broker ${id}`);
      const [client, controller, replication] = own;
      return {
        id,
        host: LOOPBACK,
        ports: { client, controller, replication },
        logDirectory: `${directory(id)}/log`,
      };
    }),
  };
}
