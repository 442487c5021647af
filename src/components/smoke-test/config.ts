import type { ClientPodConfig } from '../../kubernetes/client-pod-config';
import type { SmokeProps } from './props';

/** Configuration of the smoke test's Job. */
export interface SmokeTestConfig extends ClientPodConfig {
  /** Schedule of the smoke test. */
  readonly smoke: SmokeProps;
}
