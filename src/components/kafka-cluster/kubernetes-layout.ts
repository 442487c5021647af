import { addressOf, type Endpoint } from '../component';
import type { KafkaConnection } from '../../protocol/connection';
import type { KafkaClusterConfig } from './config';
import type { ClusterLayout } from './layout';
import { listenerPorts } from './listener-props';
import { brokerNames } from './names';
import { nodesOf } from './nodes';

/** Bootstrap endpoint for clients in the Kubernetes cluster. */
export const bootstrapEndpoint = (config: KafkaClusterConfig): Endpoint => ({
  host: brokerNames(config).bootstrapHost,
  port: listenerPorts(config.brokers.listeners).client,
  scheme: 'kafka',
});

/** Bootstrap endpoint as `host:port`. */
export const bootstrapAddress = (config: KafkaClusterConfig): string => addressOf(bootstrapEndpoint(config));

/** Connection of a program in a pod, through the bootstrap Service. */
export const bootstrapConnection = (config: KafkaClusterConfig, clientId: string): KafkaConnection => ({
  bootstrapServers: [bootstrapAddress(config)],
  clientId,
});

/** Mount point of a broker's volume claim. */
export const DATA_MOUNT = '/var/lib/kafka/data';

/** Mount point of the claim for the metadata log alone. */
export const METADATA_MOUNT = '/var/lib/kafka/metadata';

/** Layout of brokers with the stable host names that their StatefulSet gives them. */
export function kubernetesLayout(config: KafkaClusterConfig): ClusterLayout {
  const names = brokerNames(config);
  return {
    bindAddress: '',
    nodes: nodesOf(config.brokers).map((node) => ({
      ...node,
      host: names.podHost(node),
      ports: listenerPorts(config.brokers.listeners),
      metricsPort: config.monitoring.brokerPort,
      logDirectory: `${DATA_MOUNT}/log`,
      ...(node.pool.metadataStorage !== undefined && { metadataLogDirectory: `${METADATA_MOUNT}/log` }),
    })),
  };
}
