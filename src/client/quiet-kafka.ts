import { Kafka, logLevel, type Admin, type Producer } from 'kafkajs';
import { registerCodecs } from './codecs/register';
import { closeHungConnections } from './hung-connections';
import { stopIdleTimers } from './idle-timers';
import { hideAborted } from './log/hide-aborted';

const CLIENT_ID = 'kafka-platform';

/**
 * After so long producers and consumers ask who leads before they go on. A broker that is frozen accepts connections and
 * says nothing: only others tell that its partitions have new leaders. Shorter than a request may take.
 */
export const METADATA_MAX_AGE_MS = 10_000;

/**
 * A client that says nothing on its own: what fails is reported by the check that needed it. Reads every compression of
 * Kafka's, nothing of transactions that were aborted, leaves connections that hang, and idles without timers.
 */
export function quietKafka(bootstrap: readonly string[]): Kafka {
  registerCodecs();
  stopIdleTimers();
  hideAborted();
  closeHungConnections();
  return new Kafka({
    clientId: CLIENT_ID,
    brokers: [...bootstrap],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 3_000,
    // Beyond a broker's session: the answer to an acks=all write may have to wait for a dead follower to be given up.
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

/**
 * Whether an error may pass: Kafka's client says so of each. Where it has given up after many attempts, what it met last tells.
 */
export function mayPass(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { name, retriable, cause } = error as { name?: unknown; retriable?: unknown; cause?: unknown };
  return name === 'KafkaJSNumberOfRetriesExceeded' ? mayPass(cause) : retriable === true;
}

/** Kafka's name of the error, such as `NOT_ENOUGH_REPLICAS`, from wherever kafkajs wrapped it. */
export function kafkaErrorType(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { type, cause, originalError } = error as { type?: unknown; cause?: unknown; originalError?: unknown };
  if (typeof type === 'string') return type;
  return kafkaErrorType(cause) ?? kafkaErrorType(originalError);
}
