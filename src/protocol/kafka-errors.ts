import { commandLine } from '../validation/command-line';

interface Explanation {
  /** Kafka's name of the error; kafkajs's older name follows if it differs. */
  readonly type: string;
  readonly formerly?: string;
  readonly means: string;
  readonly fix?: string;
}

const PASSES = 'this is temporary';
const APPLY = `${commandLine('topics apply')} makes the topics of the catalogue; ${commandLine('topics plan')} shows what differs`;
const GRANT = 'grant it to the principal of this client';

/**
 * Errors that clients, tools and operators can meet, by Kafka's error code. Source: https://kafka.apache.org/protocol
 */
const BY_CODE: Readonly<Record<number, Explanation>> = {
  [-1]: { type: 'UNKNOWN_SERVER_ERROR', means: 'the broker failed unexpectedly', fix: 'see the log of the broker' },
  1: {
    type: 'OFFSET_OUT_OF_RANGE',
    means: 'the offset is out of range: its record was deleted, or is not written yet',
    fix: 'read from an offset within the log',
  },
  2: { type: 'CORRUPT_MESSAGE', means: 'the records were damaged in transit', fix: 'check the disks and the network' },
  3: { type: 'UNKNOWN_TOPIC_OR_PARTITION', means: 'the topic or partition does not exist, or not yet', fix: APPLY },
  5: { type: 'LEADER_NOT_AVAILABLE', means: 'the partition has no leader', fix: 'check which brokers are down' },
  6: {
    type: 'NOT_LEADER_OR_FOLLOWER',
    formerly: 'NOT_LEADER_FOR_PARTITION',
    means: 'the leader of the partition has changed',
    fix: PASSES,
  },
  7: { type: 'REQUEST_TIMED_OUT', means: 'the broker did not finish in time', fix: 'check its load and its followers' },
  8: { type: 'BROKER_NOT_AVAILABLE', means: 'the broker is not available', fix: 'check which brokers are down' },
  9: { type: 'REPLICA_NOT_AVAILABLE', means: 'the replica is not available', fix: PASSES },
  10: {
    type: 'MESSAGE_TOO_LARGE',
    means: 'a record exceeds the size limit of the topic',
    fix: 'raise max.message.bytes of the topic, or send smaller records',
  },
  14: {
    type: 'COORDINATOR_LOAD_IN_PROGRESS',
    formerly: 'GROUP_LOAD_IN_PROGRESS',
    means: 'the coordinator is still loading',
    fix: PASSES,
  },
  15: {
    type: 'COORDINATOR_NOT_AVAILABLE',
    formerly: 'GROUP_COORDINATOR_NOT_AVAILABLE',
    means: 'no broker coordinates the group or the transactional id',
    fix: 'check whether __consumer_offsets and __transaction_state have leaders',
  },
  16: {
    type: 'NOT_COORDINATOR',
    formerly: 'NOT_COORDINATOR_FOR_GROUP',
    means: 'the coordinator of the group or the transactional id has changed',
    fix: PASSES,
  },
  17: {
    type: 'INVALID_TOPIC_EXCEPTION',
    means: 'the name or the use of the topic is not allowed',
    fix: 'name it with 1 to 249 letters, digits, dots, dashes and underscores, so that it differs from others in more than dots and underscores; clients do not write to internal topics',
  },
  18: {
    type: 'RECORD_LIST_TOO_LARGE',
    means: 'the records of one request exceed the segment size of the topic',
    fix: 'raise segment.bytes of the topic, or send fewer records in one request',
  },
  19: {
    type: 'NOT_ENOUGH_REPLICAS',
    means: 'fewer replicas are in sync than min.insync.replicas requires',
    fix: 'check which brokers are down',
  },
  20: {
    type: 'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
    means: 'the records were appended, but fewer replicas are in sync than min.insync.replicas requires',
    fix: 'check which brokers are down',
  },
  22: { type: 'ILLEGAL_GENERATION', means: 'the group has rebalanced', fix: PASSES },
  24: { type: 'INVALID_GROUP_ID', means: 'the group id is not allowed', fix: 'give the group a name' },
  25: { type: 'UNKNOWN_MEMBER_ID', means: 'the group has removed the member', fix: PASSES },
  26: {
    type: 'INVALID_SESSION_TIMEOUT',
    means: 'the session timeout is outside of the range that the brokers allow',
    fix: 'use a value between group.min.session.timeout.ms and group.max.session.timeout.ms',
  },
  27: { type: 'REBALANCE_IN_PROGRESS', means: 'the group rebalances', fix: PASSES },
  29: {
    type: 'TOPIC_AUTHORIZATION_FAILED',
    means: 'the client is not authorized for this operation on the topic',
    fix: GRANT,
  },
  30: { type: 'GROUP_AUTHORIZATION_FAILED', means: 'the client is not authorized to use the group', fix: GRANT },
  31: {
    type: 'CLUSTER_AUTHORIZATION_FAILED',
    means: 'the client is not authorized for this operation on the cluster',
    fix: GRANT,
  },
  32: {
    type: 'INVALID_TIMESTAMP',
    means: "the timestamp of a record is too far from the broker's clock",
    fix: 'send milliseconds since 1970, or raise message.timestamp.before.max.ms or message.timestamp.after.max.ms of the topic',
  },
  33: { type: 'UNSUPPORTED_SASL_MECHANISM', means: 'the broker does not offer the SASL mechanism' },
  35: {
    type: 'UNSUPPORTED_VERSION',
    means: 'the broker does not support this version of the request',
    fix: 'use Kafka 4.3 or newer',
  },
  36: { type: 'TOPIC_ALREADY_EXISTS', means: 'the topic exists', fix: 'plan again' },
  37: {
    type: 'INVALID_PARTITIONS',
    means: 'the number of partitions is not allowed',
    fix: 'partitions can only be added; specify more partitions than the topic has',
  },
  38: {
    type: 'INVALID_REPLICATION_FACTOR',
    means: 'there are fewer brokers than replicas',
    fix: 'lower replicationFactor, or check which brokers are down',
  },
  39: { type: 'INVALID_REPLICA_ASSIGNMENT', means: 'the assignment of replicas to brokers is not valid' },
  40: {
    type: 'INVALID_CONFIG',
    means: 'a setting has a value that the broker does not accept',
    fix: 'correct the setting',
  },
  41: { type: 'NOT_CONTROLLER', means: 'the active controller has changed', fix: PASSES },
  42: { type: 'INVALID_REQUEST', means: 'the broker does not understand the request' },
  44: {
    type: 'POLICY_VIOLATION',
    means: 'a policy of the cluster forbids it',
    fix: 'ask the operators of the cluster',
  },
  47: {
    type: 'INVALID_PRODUCER_EPOCH',
    means: 'another producer has taken over the transactional id',
    fix: 'run one producer for each transactional id',
  },
  50: {
    type: 'INVALID_TRANSACTION_TIMEOUT',
    means: 'the transaction timeout is longer than the brokers allow',
    fix: 'use a value up to transaction.max.timeout.ms',
  },
  51: { type: 'CONCURRENT_TRANSACTIONS', means: 'the previous transaction is still being completed', fix: PASSES },
  53: {
    type: 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
    means: 'the client is not authorized to use the transactional id',
    fix: GRANT,
  },
  54: { type: 'SECURITY_DISABLED', means: 'the cluster has no authorizer' },
  56: {
    type: 'KAFKA_STORAGE_ERROR',
    means: 'the broker cannot read or write its disk',
    fix: 'check the disk of the broker',
  },
  58: { type: 'SASL_AUTHENTICATION_FAILED', means: 'the broker does not accept the credentials', fix: 'correct them' },
  60: {
    type: 'REASSIGNMENT_IN_PROGRESS',
    means: 'the partitions are being moved',
    fix: 'try again after the reassignment',
  },
  68: { type: 'NON_EMPTY_GROUP', means: 'the group has members', fix: 'stop them first' },
  69: { type: 'GROUP_ID_NOT_FOUND', means: 'there is no such group' },
  73: { type: 'TOPIC_DELETION_DISABLED', means: 'the brokers do not delete topics', fix: 'set delete.topic.enable' },
  76: {
    type: 'UNSUPPORTED_COMPRESSION_TYPE',
    means: 'the broker does not accept the compression',
    fix: 'use gzip, lz4 or snappy',
  },
  87: {
    type: 'INVALID_RECORD',
    means: 'the broker does not accept a record, for example because it has no key and the topic is compacted',
    fix: 'give every record of a compacted topic a key',
  },
  89: {
    type: 'THROTTLING_QUOTA_EXCEEDED',
    means: 'a quota of the cluster is used up',
    fix: 'wait, or raise the quota',
  },
  90: {
    type: 'PRODUCER_FENCED',
    means: 'another producer has taken over the transactional id',
    fix: 'run one producer for each transactional id',
  },
  91: {
    type: 'RESOURCE_NOT_FOUND',
    means: 'the user has no credential',
    fix: `${commandLine('users apply')} makes those of the catalogue`,
  },
  92: { type: 'DUPLICATE_RESOURCE', means: 'the request names a user twice' },
  93: { type: 'UNACCEPTABLE_CREDENTIAL', means: 'the credential is none that brokers accept' },
  95: {
    type: 'INVALID_UPDATE_VERSION',
    means: 'the level of the feature is not possible',
    fix: 'see the levels that are supported',
  },
  96: { type: 'FEATURE_UPDATE_FAILED', means: 'the feature was not changed' },
  100: { type: 'UNKNOWN_TOPIC_ID', means: 'the topic was deleted, and possibly created again', fix: PASSES },
  102: { type: 'BROKER_ID_NOT_REGISTERED', means: 'no broker with this id is registered' },
};

const BY_TYPE: ReadonlyMap<string, Explanation> = new Map(
  Object.values(BY_CODE).flatMap((each) => [
    [each.type, each] as const,
    ...(each.formerly === undefined ? [] : [[each.formerly, each] as const]),
  ]),
);

/** Whether the text is the name of an error that can be explained. */
export const isKafkaErrorType = (type: string): boolean => BY_TYPE.has(type);

/**
 * Describes an error of Kafka in one sentence: its name, its meaning, and what to do.
 * @param error Kafka's error code or name
 * @param detail the broker's own message
 */
export function explainKafkaError(error: number | string, detail?: string | null): string {
  const known = typeof error === 'number' ? BY_CODE[error] : BY_TYPE.get(error);
  const said = detail === undefined || detail === null || detail === '' ? undefined : detail.trim().replace(/\.$/, '');
  if (known === undefined) {
    const name = typeof error === 'number' ? `Kafka's error code ${error}` : error;
    return said === undefined ? name : `${said} (${name})`;
  }
  const { type, means, fix } = known;
  return `${said ?? means} (${type})${fix === undefined ? '' : `; ${fix}`}`;
}
