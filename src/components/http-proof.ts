import type { Outcome } from './outcome';

/**
 * An HTTP check of a component, run by the smoke test. It is declared next to the component's model and runs nothing
 * itself.
 */
export interface HttpProof<Config> {
  /** Name of the check. */
  readonly name: string;
  /** Name of the component in messages. */
  readonly title: string;
  /**
   * Name of the component whose `provenAt` endpoint is requested. The check is skipped if the component has no address.
   */
  readonly component: string;
  /** Path below the component's address; the response is JSON. */
  readonly path: string;
  /** Evaluates the response for a configuration. */
  readonly verdict: (answer: unknown, config: Config) => HttpVerdict;
}

/** Result of evaluating a response. */
export interface HttpVerdict {
  readonly outcome: Outcome;
  /**
   * True if the response comes from a stand-in, a program that replaces the component where its image is not available.
   * A stand-in serves no metrics. @default false
   */
  readonly isStandIn?: boolean;
}
