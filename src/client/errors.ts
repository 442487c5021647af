/** Machine-readable cause of an error. It stays the same when a message is reworded. */
export type ErrorCode =
  | 'ATTEMPT_ABANDONED'
  | 'CLIENT_CLOSED'
  | 'CONSUMER_ENDED'
  | 'COPY_FAILED'
  | 'COPY_REFUSED'
  | 'DELIVERY_ENDED'
  | 'FATAL'
  | 'FENCED'
  | 'HANDLER_TIMED_OUT'
  | 'LOG_CHANGED'
  | 'OUTAGE'
  | 'OWNERSHIP_LOST'
  | 'PARTITION_MISSING'
  | 'PERMANENT'
  | 'RECORD_NOT_ENCODABLE'
  | 'RECORD_REFUSED'
  | 'RETRIABLE'
  | 'TOPIC_MISSING'
  | 'TRANSACTION_FAILED'
  | 'TRANSACTION_OPEN'
  | 'UNCLASSIFIED'
  | 'UNEXPECTED_ANSWER'
  | 'WRONG_OPTION';

/**
 * Base class of all errors that a client throws, rejects with or returns as the cause of an outcome. `cause` is the
 * underlying error, if any.
 */
export abstract class KafkaClientError extends Error {
  abstract readonly code: ErrorCode;
  /** Whether the same call may succeed later without a change of the record, the settings or the credentials. */
  abstract readonly canRetry: boolean;
}

/** An error that occurs at every attempt: bytes that cannot be decoded, a value that violates a rule. */
export class PermanentError extends KafkaClientError {
  override readonly name: string = 'PermanentError';
  readonly code: ErrorCode = 'PERMANENT';
  readonly canRetry = false;
}

/** A temporary error, such as during a leader election. It is retried for as long as it lasts. */
export class RetriableError extends KafkaClientError {
  override readonly name: string = 'RetriableError';
  readonly code: ErrorCode = 'RETRIABLE';
  readonly canRetry = true;
  /** kafkajs reads this property of errors that a consumer throws; it means the same as `canRetry`. */
  readonly retriable = true;
}

/**
 * A service that every record needs, such as the schema registry, is unavailable; the record is not the cause. It is
 * retried in place for as long as it lasts, even if the number of attempts for other retriable errors is limited.
 */
export class OutageError extends RetriableError {
  override readonly name: string = 'OutageError';
  override readonly code: ErrorCode = 'OUTAGE';
}

/**
 * No record can be handled until something is changed: credentials, configuration, an unreachable dead letter topic.
 */
export class FatalError extends KafkaClientError {
  override readonly name: string = 'FatalError';
  readonly code: ErrorCode = 'FATAL';
  readonly canRetry = false;
}

/** An option has an invalid value, on its own or in combination with another option. */
export class WrongOption extends FatalError {
  override readonly name = 'WrongOption';
  override readonly code = 'WRONG_OPTION';
}

/**
 * A handler call exceeded its time limit. Whether another call may succeed is unknown, so the error counts as
 * unclassified.
 */
export class HandlerTimedOut extends KafkaClientError {
  override readonly name = 'HandlerTimedOut';
  readonly code = 'HANDLER_TIMED_OUT';
  readonly canRetry = true;

  constructor(limitMs: number) {
    super(`the handler was not done within ${limitMs} ms`);
  }
}

/** The response of a broker lacks the requested data. */
export class UnexpectedAnswer extends KafkaClientError {
  override readonly name = 'UnexpectedAnswer';
  readonly code = 'UNEXPECTED_ANSWER';
  readonly canRetry = true;
}

/** A transaction did not end within the time limit. Records behind it cannot be read yet. */
export class TransactionOpen extends KafkaClientError {
  override readonly name = 'TransactionOpen';
  readonly code = 'TRANSACTION_OPEN';
  readonly canRetry = true;
}

/** The client was closed before the call. */
export class ClientClosed extends KafkaClientError {
  override readonly name = 'ClientClosed';
  readonly code = 'CLIENT_CLOSED';
  readonly canRetry = false;
}

/** An unclassified error of Kafka, kafkajs or the network: another attempt may or may not succeed. */
export class UnclassifiedError extends KafkaClientError {
  override readonly name: string = 'UnclassifiedError';
  readonly code: ErrorCode = 'UNCLASSIFIED';
  readonly canRetry = true;
}

/** The copy of a failed record could not be written; `cause` is the reason. */
export class CopyFailed extends UnclassifiedError {
  override readonly name = 'CopyFailed';
  override readonly code = 'COPY_FAILED';
}
