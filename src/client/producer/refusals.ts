import { kafkaErrorType } from '../quiet-kafka';

/** The batch itself is refused, at every attempt alike. */
const ALWAYS = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD', 'INVALID_TIMESTAMP']);

/** This attempt is refused; one before it may have been appended. */
const AT_THE_TIME = new Set([
  'NOT_ENOUGH_REPLICAS',
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'UNSUPPORTED_COMPRESSION_TYPE',
  'POLICY_VIOLATION',
]);

/** Whether the brokers say for certain that none of the attempts was appended. */
export function isRefusal(error: unknown, attempts: number): boolean {
  const type = kafkaErrorType(error) ?? '';
  return ALWAYS.has(type) || (attempts === 1 && AT_THE_TIME.has(type));
}

/** Whether every further attempt would be refused alike until somebody mends something. */
export function isHopeless(error: unknown): boolean {
  const type = kafkaErrorType(error) ?? '';
  return ALWAYS.has(type) || type === 'INVALID_TRANSACTION_TIMEOUT' || type.endsWith('AUTHORIZATION_FAILED');
}

/** Whether a part of the batch may go where the whole may not. */
export const isTooLarge = (error: unknown): boolean =>
  ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'].includes(kafkaErrorType(error) ?? '');
