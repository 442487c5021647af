/** Names of the error codes that the requests of this folder can meet; others are named by number. */
const ERROR_NAMES: Readonly<Record<number, string>> = {
  [-1]: 'UNKNOWN_SERVER_ERROR',
  3: 'UNKNOWN_TOPIC_OR_PARTITION',
  5: 'LEADER_NOT_AVAILABLE',
  6: 'NOT_LEADER_OR_FOLLOWER',
  7: 'REQUEST_TIMED_OUT',
  8: 'BROKER_NOT_AVAILABLE',
  9: 'REPLICA_NOT_AVAILABLE',
  17: 'INVALID_TOPIC_EXCEPTION',
  29: 'TOPIC_AUTHORIZATION_FAILED',
  31: 'CLUSTER_AUTHORIZATION_FAILED',
  35: 'UNSUPPORTED_VERSION',
  36: 'TOPIC_ALREADY_EXISTS',
  37: 'INVALID_PARTITIONS',
  38: 'INVALID_REPLICATION_FACTOR',
  39: 'INVALID_REPLICA_ASSIGNMENT',
  40: 'INVALID_CONFIG',
  41: 'NOT_CONTROLLER',
  42: 'INVALID_REQUEST',
  44: 'POLICY_VIOLATION',
  60: 'REASSIGNMENT_IN_PROGRESS',
  72: 'LISTENER_NOT_FOUND',
  73: 'TOPIC_DELETION_DISABLED',
  89: 'THROTTLING_QUOTA_EXCEEDED',
};

/** What a broker refused, in its own words. */
export interface Refusal {
  /** Kafka's name, such as `INVALID_CONFIG`. */
  readonly error: string;
  readonly message: string | null;
}

/** Result of a request for one resource. */
export interface ResourceResult {
  readonly name: string;
  readonly refusal: Refusal | undefined;
}

export const errorName = (code: number): string => ERROR_NAMES[code] ?? `error code ${code}`;

export const refusal = (code: number, message: string | null = null): Refusal | undefined =>
  code === 0 ? undefined : { error: errorName(code), message };

export const formatRefusal = ({ error, message }: Refusal): string =>
  message === null || message === '' ? error : `${error}: ${message}`;

/** @throws {Error} when a request failed as a whole */
export function throwIfFailed(api: string, code: number, message: string | null = null): void {
  const failed = refusal(code, message);
  if (failed !== undefined) throw new Error(`${api} failed with ${formatRefusal(failed)}`);
}
