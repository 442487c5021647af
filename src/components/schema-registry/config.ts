import type { Scheduling } from '../../kubernetes/scheduling-props';
import type { KafkaClusterConfig } from '../kafka-cluster/config';
import type { RegistryProps } from './props';

/** Configuration of the registry, which stores its schemas in the cluster. */
export interface SchemaRegistryConfig extends KafkaClusterConfig {
  /** Provider and resources. */
  readonly registry: RegistryProps;
  /** Node selection of the registry's pods. */
  readonly scheduling: Scheduling;
}
