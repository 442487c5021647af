import type { Platform } from '../config/load';
import { bootstrapAddress } from './kubernetes-layout';
import { registryUrl } from './registry-provider';
import { largestHeap } from './start-script';

const HEAP_SHARE = 0.6;

/** Settings of Kafka UI. Source: kafbat's documentation of its environment variables. */
export function kafkaUiEnvironment(config: Platform): Readonly<Record<string, string>> {
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
    // The network is closed, and what runs is pinned.
    GITHUB_RELEASE_INFO_ENABLED: 'false',
    JAVA_OPTS: largestHeap(ui.memory * HEAP_SHARE),
  };
}
