import type { ObjectNaming } from './naming';
import type { PullSecrets } from './pull-secrets-props';
import type { RuntimeProps } from './runtime-props';
import type { Scheduling } from './scheduling-props';

/** What pods share that run a program of the runtime image once. */
export interface ClientPodConfig extends ObjectNaming, PullSecrets {
  /** Their image. */
  readonly runtime: RuntimeProps;
  /** Node selection of the pods. */
  readonly scheduling: Scheduling;
}
