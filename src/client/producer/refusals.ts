import { KafkaClientError } from '../errors';
import { explainKafkaError } from '../../protocol/kafka-errors';
import { kafkaErrorType } from '../kafka-client';

/** Errors with which the batch is rejected at every attempt; a single record of the batch may be the cause. */
const ALWAYS = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD', 'INVALID_TIMESTAMP']);

/** Errors with which one attempt is rejected; an earlier attempt may have been appended. */
const AT_THE_TIME = new Set([
  'NOT_ENOUGH_REPLICAS',
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'UNSUPPORTED_COMPRESSION_TYPE',
  'POLICY_VIOLATION',
]);

/** Whether the brokers' errors prove that no attempt was appended. */
export function isRefusal(error: unknown, attempts: number): boolean {
  return isRecordRefused(error) || (attempts === 1 && AT_THE_TIME.has(kafkaErrorType(error) ?? ''));
}

/**
 * Whether a record of the batch would be rejected at every attempt, while the other records could be accepted without
 * it.
 */
export const isRecordRefused = (error: unknown): boolean => ALWAYS.has(kafkaErrorType(error) ?? '');

/** Whether a smaller batch might be accepted. */
export const isTooLarge = (error: unknown): boolean =>
  ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'].includes(kafkaErrorType(error) ?? '');

/** Brokers reject this record regardless of the other records of its batch. */
export class RecordRefused extends KafkaClientError {
  override readonly name = 'RecordRefused';
  readonly code = 'RECORD_REFUSED';
  readonly canRetry = false;

  /** Kafka's name of the error. */
  readonly type: string;

  constructor(
    readonly topic: string,
    readonly partition: number,
    cause: unknown,
  ) {
    const type = kafkaErrorType(cause) ?? '';
    super(`${topic}-${partition} refuses the record: ${explainKafkaError(type)}`, { cause });
    this.type = type;
  }
}
