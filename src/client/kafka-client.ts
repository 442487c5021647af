import type { KafkaConnection } from '../protocol/connection';
import { Kafka, logLevel, type Admin, type Producer } from 'kafkajs';
import { registerCodecs } from './codecs/register';
import { checkServers } from './check-servers';
import { fetchFromFollowers } from './kafkajs-patches/fetch-from-followers';
import { doubtLostServers } from './kafkajs-patches/doubt-lost-servers';
import { endStoppedFetchers } from './kafkajs-patches/end-stopped-fetchers';
import { closeHungConnections } from './kafkajs-patches/hung-connections';
import { stopIdleTimers } from './kafkajs-patches/idle-timers';
import { hideAborted } from './kafkajs-patches/hide-aborted';
import { followPositions } from './kafkajs-patches/follow-positions';
import { rememberCoordinators } from './kafkajs-patches/remember-coordinators';
import { allowStaticMembers } from './kafkajs-patches/static-members';
import type { NoticeTarget } from './reachability/notice-target';
import { connectSocket } from './reachability/connect-socket';
import { reportingSockets } from './reachability/reporting-sockets';
import { scramAuthentication } from './scram-authentication';

/**
 * Maximum age of the metadata of producers and consumers. A frozen broker accepts connections and does not answer; only
 * other brokers report that its partitions have new leaders. The value is less than the request timeout.
 */
export const METADATA_MAX_AGE_MS = 10_000;

/**
 * Creates a kafkajs client without log output; the caller reports failures. It reads all of Kafka's compression codecs,
 * hides aborted transactions, closes hung connections, and runs no timers while idle.
 */
export function connectKafka(connection: KafkaConnection, target?: NoticeTarget): Kafka {
  checkServers(connection);
  const { bootstrapServers, clientId, sasl } = connection;
  registerCodecs();
  stopIdleTimers();
  // Must be installed before the patch that inspects the responses.
  followPositions();
  hideAborted();
  closeHungConnections();
  doubtLostServers();
  endStoppedFetchers();
  fetchFromFollowers();
  rememberCoordinators();
  allowStaticMembers();
  return new Kafka({
    clientId,
    brokers: [...bootstrapServers],
    logLevel: logLevel.NOTHING,
    socketFactory: target === undefined ? connectSocket(connection) : reportingSockets(connection, target),
    ...(sasl !== undefined && { sasl: scramAuthentication(sasl) }),
    connectionTimeout: 3_000,
    // Longer than a broker's session timeout: the response to a write with acks=all may have to wait until a failed
    // follower is removed.
    requestTimeout: 12_000,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 12 },
  });
}

export async function withAdmin<T>(kafka: Kafka, use: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await use(admin);
  } finally {
    await admin.disconnect();
  }
}

export async function withProducer<T>(producer: Producer, use: (producer: Producer) => Promise<T>): Promise<T> {
  await producer.connect();
  try {
    return await use(producer);
  } finally {
    await producer.disconnect();
  }
}

/** Limits the length of a cause chain, because an error may be its own cause. */
const MOST_CAUSES = 20;

/** Kafka's name of an error, such as `NOT_ENOUGH_REPLICAS`, found in the error or its causes. */
export function kafkaErrorType(error: unknown, causes = MOST_CAUSES): string | undefined {
  if (typeof error !== 'object' || error === null || causes === 0) return undefined;
  const { type, cause, originalError } = error as { type?: unknown; cause?: unknown; originalError?: unknown };
  if (typeof type === 'string') return type;
  return kafkaErrorType(cause, causes - 1) ?? kafkaErrorType(originalError, causes - 1);
}
