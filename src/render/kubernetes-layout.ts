import type { Platform } from '../config/load';
import { nodeIds, type ClusterLayout } from './layout';
import { brokerNames } from './names';

/** `host:port` by which every client in the cluster finds the brokers. */
export const bootstrapAddress = (config: Platform): string =>
  `${brokerNames(config).bootstrapHost}:${config.brokers.listeners.client}`;

/** Mount point of a broker's volume claim. */
export const DATA_MOUNT = '/var/lib/kafka/data';

/** Every broker under the stable name that its StatefulSet gives it. */
export function kubernetesLayout(config: Platform): ClusterLayout {
  const names = brokerNames(config);
  return {
    bindAddress: '',
    nodes: nodeIds(config).map((id) => ({
      id,
      host: names.podHost(id),
      ports: config.brokers.listeners,
      metricsPort: config.monitoring.brokerPort,
      logDirectory: `${DATA_MOUNT}/log`,
    })),
  };
}
