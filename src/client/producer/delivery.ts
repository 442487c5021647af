import { KafkaClientError } from '../errors';

/**
 * The outcome of a sent record. The producer never sends a record twice; after `unknown` the caller decides what to do.
 */
export type Delivery =
  /** All in-sync replicas have the record at this position. */
  | { readonly outcome: 'delivered'; readonly partition: number; readonly offset: bigint }
  /** The record is not in the log and will not be. Sending it again causes no duplicate. */
  | { readonly outcome: 'failed'; readonly cause: unknown }
  /**
   * The record may be in the log, once, or may be appended within a request timeout. Sending it again may cause a
   * duplicate.
   */
  | { readonly outcome: 'unknown'; readonly cause: unknown };

/** A record was not delivered within its time limit, or before the producer was closed. */
export class DeliveryEnded extends KafkaClientError {
  override readonly name = 'DeliveryEnded';
  readonly code = 'DELIVERY_ENDED';
  readonly canRetry: boolean;

  constructor(
    message: string,
    /** Whether the same producer would return the same result again. */
    readonly isFinal = false,
    /** What a broker said last, where one said something. */
    cause?: unknown,
  ) {
    super(
      cause instanceof Error ? `${message}; what was answered last: ${cause.message}` : message,
      cause === undefined ? {} : { cause },
    );
    this.canRetry = !isFinal;
  }
}
