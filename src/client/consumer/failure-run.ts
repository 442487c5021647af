import { classify, type ErrorClass } from './classify';

/** Limits for retrying failures that may never end. */
export interface FailureLimits {
  /** Maximum attempts after errors for which nothing says whether a retry may succeed. */
  readonly maxUnclassifiedAttempts: number;
  /** Time limit for a missing topic, in milliseconds since it was first missing. */
  readonly missingTopicMs: number;
}

/** The limits of retrying an error. */
export interface RetryBound {
  /** `Infinity` if the number of attempts is not limited. */
  readonly maxAttempts: number;
  /** Time limit in milliseconds; undefined if there is none. */
  readonly giveUpAfterMs?: number;
}

/** The limits for an error of this class; undefined if it is not retried. */
export function retryBound(kind: ErrorClass, limits: FailureLimits): RetryBound | undefined {
  switch (kind) {
    case 'retriable':
    case 'outage':
      return { maxAttempts: Infinity };
    case 'missing-topic':
      return { maxAttempts: Infinity, giveUpAfterMs: limits.missingTopicMs };
    case 'unclassified':
      return { maxAttempts: limits.maxUnclassifiedAttempts };
    case 'permanent':
    case 'fatal':
      return undefined;
  }
}

/** The consecutive failures of one piece of work, until it succeeds. */
export class FailureRun {
  /** Number of failures so far, of every class. */
  attempts = 0;
  private unclassified = 0;
  private missingSince: number | undefined;

  constructor(
    private readonly limits: FailureLimits,
    private readonly now = () => performance.now(),
  ) {}

  /** @returns whether another attempt should be made */
  add(error: unknown): boolean {
    this.attempts += 1;
    const kind = classify(error);
    if (kind === 'unclassified') this.unclassified += 1;
    if (kind !== 'missing-topic') this.missingSince = undefined;
    else this.missingSince ??= this.now();
    const bound = retryBound(kind, this.limits);
    if (bound === undefined) return false;
    const { maxAttempts, giveUpAfterMs = Infinity } = bound;
    return this.unclassified < maxAttempts && this.now() - (this.missingSince ?? this.now()) < giveUpAfterMs;
  }

  /** Called after success: the next failure starts a new run. */
  reset(): void {
    this.attempts = 0;
    this.unclassified = 0;
    this.missingSince = undefined;
  }
}
