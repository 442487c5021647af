import { KafkaClientError } from '../errors';

/** Ends kafkajs's own retries, which would continue even after its producer is disconnected. */
export class Abandoned extends KafkaClientError {
  override readonly name = 'Abandoned';
  readonly code = 'ATTEMPT_ABANDONED';
  readonly canRetry = false;
  readonly retriable = false;

  /** @param cause of the last attempt's failure, where it is known */
  constructor(cause: unknown) {
    super(`the batch was given up${cause instanceof Error ? `: ${cause.message}` : ''}`, { cause });
  }
}

/**
 * Counts kafkajs's attempts at sending one batch, and ends them. Otherwise a batch could be appended long after it was
 * given up.
 */
export class Attempts {
  /** Number of started attempts. From the first attempt on, a broker may have the batch. */
  begun = 0;
  /** Error of the last failed attempt. */
  lastError: unknown;
  private isAbandoned = false;

  /** @throws {Abandoned} if nothing waits for the outcome any longer */
  begin(): void {
    if (this.isAbandoned) throw new Abandoned(this.lastError);
    this.begun += 1;
  }

  failed(error: unknown): void {
    this.lastError = error;
  }

  /** The last started attempt sent nothing. */
  withdraw(): void {
    this.begun -= 1;
  }

  abandon(): void {
    this.isAbandoned = true;
  }
}
