import type { KafkaConnection } from '../protocol/connection';
import type { Platform } from '../platform/load';
import type { ClusterLayout } from '../components/kafka-cluster/layout';
import type { ServiceName, ServicePorts } from '../platform/local-service-ports';

/** The environment of a local service. */
export interface ServicePlace {
  readonly config: Platform;
  readonly layout: ClusterLayout;
  /** Of an administrator. */
  readonly connection: KafkaConnection;
  /** Of a user; without authentication all are alike. */
  readonly connectionOf: (user: string) => KafkaConnection;
  readonly ports: ServicePorts;
  /** Directory for the files of a service. */
  readonly directory: (name: ServiceName) => string;
}
