import type { Naming } from '../../kubernetes/naming';
import type { MonitoringProps } from '../../monitoring/props';
import type { SchemaRegistryConfig } from '../schema-registry/config';
import type { ApplicationsProps } from './props';

/** Configuration that concerns all clients, including clients that the platform does not run. */
export interface ClientConfig extends Naming {
  readonly monitoring: MonitoringProps;
  readonly applications: ApplicationsProps;
}

/** Configuration of what an application connects to and of the nodes that its pods run on. */
export type ApplicationConfig = SchemaRegistryConfig;
