import { kafkaErrorType } from './kafka-client';
import { isRecordRefused } from './producer/refusals';
import { errorChain, type Linked } from '../validation/error-chain';

/**
 * `passing`: the obstacle is temporary, for example an election. `missing-topic`: the topic or partition does not
 * exist; this is temporary after a creation, and otherwise lasts until somebody creates it. `refused`: every attempt at
 * this record or transaction will be rejected. `hopeless`: every request will be rejected until credentials or settings
 * are changed. `unknown`: none of these is known.
 */
export type FailureKind = 'passing' | 'missing-topic' | 'refused' | 'hopeless' | 'unknown';

/**
 * Kafka errors that end by themselves or with another producer: leaders, coordinators, replicas, time limits,
 * throttling.
 */
const PASSING_TYPES = new Set([
  'BROKER_NOT_AVAILABLE',
  'CONCURRENT_TRANSACTIONS',
  'CORRUPT_MESSAGE',
  'FENCED_LEADER_EPOCH',
  'FETCH_SESSION_ID_NOT_FOUND',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'GROUP_LOAD_IN_PROGRESS',
  'ILLEGAL_GENERATION',
  'INVALID_FETCH_SESSION_EPOCH',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
  'INVALID_TXN_STATE',
  'KAFKA_STORAGE_ERROR',
  'LEADER_NOT_AVAILABLE',
  'LISTENER_NOT_FOUND',
  'MEMBER_ID_REQUIRED',
  'NETWORK_EXCEPTION',
  'NOT_CONTROLLER',
  'NOT_COORDINATOR_FOR_GROUP',
  'NOT_ENOUGH_REPLICAS',
  'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
  'NOT_LEADER_FOR_PARTITION',
  'OFFSET_NOT_AVAILABLE',
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'REBALANCE_IN_PROGRESS',
  'REPLICA_NOT_AVAILABLE',
  'REQUEST_TIMED_OUT',
  'STALE_BROKER_EPOCH',
  'STALE_CONTROLLER_EPOCH',
  'TRANSACTION_COORDINATOR_FENCED',
  'UNKNOWN_LEADER_EPOCH',
  'UNKNOWN_MEMBER_ID',
  'UNKNOWN_PRODUCER_ID',
  'UNSTABLE_OFFSET_COMMIT',
]);

const MISSING_TOPIC = 'UNKNOWN_TOPIC_OR_PARTITION';

/**
 * Kafka errors that last until something is changed. All errors that end in `AUTHORIZATION_FAILED` belong to them as
 * well.
 */
const HOPELESS_TYPES = new Set([
  'ILLEGAL_SASL_STATE',
  'INVALID_COMMIT_OFFSET_SIZE',
  'INVALID_CONFIG',
  'INVALID_GROUP_ID',
  'INVALID_REQUIRED_ACKS',
  'INVALID_SESSION_TIMEOUT',
  'INVALID_TOPIC_EXCEPTION',
  'INVALID_TRANSACTION_TIMEOUT',
  'OFFSET_METADATA_TOO_LARGE',
  'POLICY_VIOLATION',
  'SASL_AUTHENTICATION_FAILED',
  'SECURITY_DISABLED',
  'UNSUPPORTED_COMPRESSION_TYPE',
  'UNSUPPORTED_FOR_MESSAGE_FORMAT',
  'UNSUPPORTED_SASL_MECHANISM',
  'UNSUPPORTED_VERSION',
]);

/**
 * Errors of kafkajs about connections and about missing metadata, and our own error for a batch whose time limit has
 * passed.
 */
const PASSING_NAMES = new Set([
  'Abandoned',
  'KafkaJSBrokerNotFound',
  'KafkaJSConnectionClosedError',
  'KafkaJSConnectionError',
  'KafkaJSGroupCoordinatorNotFound',
  'KafkaJSLockTimeout',
  'KafkaJSMetadataNotLoaded',
  'KafkaJSNoBrokerAvailableError',
  'KafkaJSRequestTimeoutError',
  'KafkaJSStaleTopicMetadataAssignment',
  'KafkaJSTopicMetadataNotLoaded',
]);

const HOPELESS_NAMES = new Set([
  'KafkaJSNotImplemented',
  'KafkaJSSASLAuthenticationError',
  'KafkaJSServerDoesNotSupportApiKey',
  'KafkaJSUnsupportedMagicByteInMessageSet',
]);

/** Node.js error codes for failures of network connections. */
const PASSING_CODES = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Errors that only report that retries ended, or only wrap another error, without a reason of their own. */
const WRAPPERS = new Set([
  'CopyFailed',
  'Error',
  'KafkaJSError',
  'KafkaJSNonRetriableError',
  'KafkaJSNumberOfRetriesExceeded',
  'RetriableError',
  'TransactionFailed',
  'UnclassifiedError',
]);

const CODE_PATTERN = /^E[A-Z_]{2,30}$/;

/** Whether another attempt may succeed after an error of Kafka, kafkajs or the network. */
export function failureKind(error: unknown): FailureKind {
  const [outermost] = errorChain(error);
  // An explicit statement of a wrapping error overrides the lists.
  if (outermost?.retriable === true && !nameOf(outermost).startsWith('KafkaJS')) return 'passing';
  return ofType(error) ?? ofNames(error);
}

function ofType(error: unknown): FailureKind | undefined {
  const type = kafkaErrorType(error);
  if (type === undefined) return undefined;
  if (PASSING_TYPES.has(type)) return 'passing';
  if (type === MISSING_TOPIC) return 'missing-topic';
  if (isRecordRefused(error)) return 'refused';
  return HOPELESS_TYPES.has(type) || type.endsWith('AUTHORIZATION_FAILED') ? 'hopeless' : undefined;
}

function ofNames(error: unknown): FailureKind {
  const chain = errorChain(error);
  if (chain.some((each) => HOPELESS_NAMES.has(nameOf(each)))) return 'hopeless';
  if (chain.some((each) => PASSING_NAMES.has(nameOf(each)) || PASSING_CODES.has(String(each.code)))) return 'passing';
  // kafkajs has retriable errors without a specific name. If kafkajs has given up, the last error that it met decides.
  const [first, second] = chain;
  const said = first !== undefined && nameOf(first) === 'KafkaJSNumberOfRetriesExceeded' ? second : first;
  return said?.retriable === true ? 'passing' : 'unknown';
}

/**
 * The cause of a failure as a metric label: Kafka's error name, otherwise the Node.js error code, otherwise the name of
 * the error's class. Error messages are not used, because their number is unlimited.
 */
export function failureCause(error: unknown): string {
  const chain = errorChain(error);
  const code = chain.map((each) => String(each.code)).find((each) => CODE_PATTERN.test(each));
  const names = chain.map(nameOf);
  const name = names.find((each) => each !== '' && !WRAPPERS.has(each)) ?? names[0];
  return kafkaErrorType(error) ?? code ?? (name === undefined || name === '' ? typeof error : name);
}

const nameOf = ({ name }: Linked): string => (typeof name === 'string' ? name : '');
