import type { SchemaRegistryConfig } from '../schema-registry/config';
import type { UiProps } from './props';

/** Configuration of Kafka UI, which shows the cluster and the registry. */
export interface KafkaUiConfig extends SchemaRegistryConfig {
  /** Image, resources and write access. */
  readonly ui: UiProps;
}
