import type { Scheduling } from '../../kubernetes/scheduling-props';
import type { KafkaClusterConfig } from '../kafka-cluster/config';

/** Configuration of the lag exporter. */
export interface LagExporterConfig extends KafkaClusterConfig {
  /** Node selection of the exporter's pods. */
  readonly scheduling: Scheduling;
}
