import type { Platform } from '../config/load';
import { nodeIds, type ClusterLayout } from './layout';

export const LOOPBACK = '127.0.0.1';

/** How many ports each broker listens on. */
export const PORTS_PER_BROKER = 4;

/** Client, controller, replication and metrics port of one broker. */
export type BrokerPorts = readonly [number, number, number, number];

interface LocalPlaces {
  /** One list for each broker. */
  readonly ports: readonly BrokerPorts[];
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
      const [client, controller, replication, metricsPort] = own;
      return {
        id,
        host: LOOPBACK,
        ports: { client, controller, replication },
        metricsPort,
        logDirectory: `${directory(id)}/log`,
      };
    }),
  };
}
