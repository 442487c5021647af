import { classify } from './classify';
import { FailureRun, retryBound, type FailureLimits } from './failure-run';
import type { Failures } from './failures';

interface RestartsProps extends FailureLimits {
  readonly topics: readonly string[];
  readonly failures: Pick<Failures, 'failed' | 'succeeded'>;
}

/** Counts crashes of the kafkajs consumer since the last join. kafkajs itself would restart it without limit. */
export class Restarts {
  private readonly crashes: FailureRun;

  constructor(private readonly props: RestartsProps) {
    this.crashes = new FailureRun(props);
  }

  /** @returns whether the consumer should be restarted after this error */
  crashed(cause: unknown): boolean {
    const bound = retryBound(classify(cause), this.props);
    if (!this.crashes.add(cause) || bound === undefined) return false;
    const { attempts } = this.crashes;
    for (const topic of this.props.topics)
      this.props.failures.failed({ work: 'consume', topic, attempts, bound, cause });
    return true;
  }

  joined(): void {
    this.crashes.reset();
    for (const topic of this.props.topics) this.props.failures.succeeded({ work: 'consume', topic });
  }
}
