import type { RuntimeProps } from '../../kubernetes/runtime-props';
import type { Scheduling } from '../../kubernetes/scheduling-props';
import type { KafkaClusterConfig } from '../kafka-cluster/config';

/** Configuration of the lag exporter. */
export interface LagExporterConfig extends KafkaClusterConfig {
  /** The image that it runs in. */
  readonly runtime: RuntimeProps;
  /** Node selection of the exporter's pods. */
  readonly scheduling: Scheduling;
}
