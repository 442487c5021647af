/** Ends kafkajs's own retries, which go on even after its producer is disconnected. */
export class Abandoned extends Error {
  override readonly name = 'Abandoned';
  readonly retriable = false;
}

/** Counts what kafkajs tries of one batch, and ends it: without, a batch could be appended long after it was given up. */
export class Attempts {
  /** From the first one on, a broker may have the batch. */
  begun = 0;
  private isAbandoned = false;

  /** @throws {Abandoned} once nobody waits for the outcome any more */
  begin(): void {
    if (this.isAbandoned) throw new Abandoned('the batch was given up');
    this.begun += 1;
  }

  abandon(): void {
    this.isAbandoned = true;
  }
}
