import type { KafkaConnection } from '../protocol/connection';
import type { Platform } from '../platform/load';
import type { ClusterLayout } from '../components/kafka-cluster/layout';
import type { ServiceName, ServicePorts } from '../platform/local-service-ports';

/** What a service stands beside, and where. */
export interface ServicePlace {
  readonly config: Platform;
  readonly layout: ClusterLayout;
  readonly connection: KafkaConnection;
  readonly ports: ServicePorts;
  /** That of a service, for its files. */
  readonly directory: (name: ServiceName) => string;
}
