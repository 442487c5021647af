import type { ClusterSettings } from '../kafka-cluster/cluster-settings';
import type { RegistrySettings } from '../schema-registry/registry-settings';
import type { ApplicationsProps } from './props';

/** The settings that rules about applications read, with all defaults applied. */
export interface ApplicationsSettings extends ClusterSettings, RegistrySettings {
  readonly applications: ApplicationsProps;
}
