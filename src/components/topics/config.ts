import type { ClientPodConfig } from '../../kubernetes/client-pod-config';
import type { ProvisioningProps } from './provisioning-props';
import type { Topic } from './topic';

/** Configuration of the topic Job. */
export interface TopicsConfig extends ClientPodConfig {
  /** The topics with all settings that are written to the cluster. */
  readonly topics: readonly Topic[];
  /** Potentially unsafe changes that the Job is allowed to make. */
  readonly provisioning: ProvisioningProps;
}
