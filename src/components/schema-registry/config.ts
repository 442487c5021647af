import type { RuntimeProps } from '../../kubernetes/runtime-props';
import type { Scheduling } from '../../kubernetes/scheduling-props';
import type { KafkaClusterConfig } from '../kafka-cluster/config';
import type { RegistryProps } from './props';

/** Configuration of the registry, which stores its schemas in the cluster. */
export interface SchemaRegistryConfig extends KafkaClusterConfig {
  /** The image of the program that prepares its topics. */
  readonly runtime: RuntimeProps;
  /** Provider and resources. */
  readonly registry: RegistryProps;
  /** Node selection of the registry's pods. */
  readonly scheduling: Scheduling;
}
