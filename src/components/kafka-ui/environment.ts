import type { KafkaUiConfig } from './config';
import { bootstrapAddress } from '../kafka-cluster/kubernetes-layout';
import { registryUrl } from '../schema-registry/model';
import { largestHeap } from '../kafka-cluster/start-script';

const HEAP_SHARE = 0.6;

/**
 * Environment variables that configure Kafka UI. Source: the list of environment variables in kafbat's documentation.
 */
export function kafkaUiEnvironment(config: KafkaUiConfig): Readonly<Record<string, string>> {
  const { name, monitoring, ui } = config;
  const registry = registryUrl(config);
  return {
    KAFKA_CLUSTERS_0_NAME: name,
    KAFKA_CLUSTERS_0_BOOTSTRAPSERVERS: bootstrapAddress(config),
    KAFKA_CLUSTERS_0_READONLY: String(ui.readOnly),
    ...(registry === undefined ? {} : { KAFKA_CLUSTERS_0_SCHEMAREGISTRY: registry }),
    ...(monitoring.mode === 'none'
      ? {}
      : {
          KAFKA_CLUSTERS_0_METRICS_TYPE: 'PROMETHEUS',
          KAFKA_CLUSTERS_0_METRICS_PORT: String(monitoring.brokerPort),
        }),
    DYNAMIC_CONFIG_ENABLED: 'false',
    // Network policies block GitHub, and the version is pinned.
    GITHUB_RELEASE_INFO_ENABLED: 'false',
    JAVA_OPTS: largestHeap(ui.memory * HEAP_SHARE),
  };
}
