import type { ICustomPartitioner, Kafka, Message, Producer } from 'kafkajs';
import { RetriableError, UnexpectedAnswer } from '../errors';
import { failureKind } from '../failure-kind';
import { METADATA_MAX_AGE_MS, withAdmin } from '../kafka-client';
import type { Attempts } from './attempts';
import { compressionType } from './compression';
import { PartitionMissing, TopicMissing } from './missing';
import { noteRefusals } from '../kafkajs-patches/note-refusals';
import type { Settled } from './options';
import type { OpenRecord } from './record';
import { ReplacedOnError } from '../kafkajs-patches/replaced-on-error';

/** Short first waiting time, so that retries themselves cause no stall. */
const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 500;

/** The records of one partition that are sent in one request. */
export interface Batch {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly OpenRecord[];
  readonly attempts: Attempts;
}

/** The operations of Kafka that a producer needs. */
export interface Transport {
  partitionCount(topic: string): Promise<number>;
  /** @returns the offset of the first record */
  send(batch: Batch): Promise<bigint>;
  close(): Promise<void>;
}

export interface Guarded extends Message {
  readonly attempts?: Attempts;
}

/**
 * kafkajs calls the partitioner for every record of every attempt, immediately before the request is made. This is the
 * only place to end its retries.
 */
export const guardedPartition: ICustomPartitioner =
  () =>
  ({ message }) => {
    (message as Guarded).attempts?.begin();
    if (message.partition === undefined) throw new TypeError('every record has its partition');
    return message.partition;
  };

/**
 * Each request contains one partition: if another part of a request fails, kafkajs would write acknowledged records
 * again.
 */
export function kafkaTransport(kafka: Kafka, { compression, deliveryTimeoutMs }: Settled): Transport {
  noteRefusals();
  const producers = new ReplacedOnError(async (): Promise<Producer> => {
    const producer = kafka.producer({
      idempotent: true,
      metadataMaxAge: METADATA_MAX_AGE_MS,
      allowAutoTopicCreation: false,
      createPartitioner: guardedPartition,
      // Enough retries for the whole time limit, which `Attempts` enforces. kafkajs by default gives up after 8 s.
      retry: {
        initialRetryTime: FIRST_RETRY_MS,
        maxRetryTime: LONGEST_RETRY_MS,
        retries: Math.ceil(deliveryTimeoutMs / FIRST_RETRY_MS),
      },
    });
    try {
      await producer.connect();
    } catch (error) {
      await producer.disconnect().catch(() => undefined);
      throw error;
    }
    return producer;
  });
  return {
    partitionCount: (topic) => partitionCount(kafka, topic),
    send: (batch) =>
      producers.use(async (producer) => {
        const { topic, partition, attempts } = batch;
        const [answer] = await producer.send({
          topic,
          messages: messages(batch),
          acks: -1,
          compression: compressionType(compression),
        });
        if (answer === undefined) {
          // kafkajs silently sends nothing to a partition that it does not know. A new producer fetches new metadata.
          attempts.withdraw();
          throw new PartitionMissing(topic, partition);
        }
        if (answer.baseOffset === undefined) throw new UnexpectedAnswer('the acknowledgement has no offset');
        return BigInt(answer.baseOffset);
      }),
    close: () => producers.close(),
  };
}

/**
 * Number of partitions of a topic. @throws {TopicMissing}
 * @throws {RetriableError} if no broker answers
 */
export async function partitionCount(kafka: Kafka, topic: string): Promise<number> {
  try {
    return await withAdmin(kafka, async (admin) => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      return topics[0]?.partitions.length ?? 0;
    });
  } catch (cause) {
    const kind = failureKind(cause);
    if (kind === 'missing-topic') throw new TopicMissing(topic);
    if (kind === 'hopeless') throw cause;
    // kafkajs may throw a TypeError when it reads a response that it did not receive.
    throw new RetriableError(`no broker tells the partitions of ${topic}: ${(cause as Error).message}`, { cause });
  }
}

const messages = ({ partition, records, attempts }: Batch): Guarded[] =>
  records.map(({ key, value, headers, timestamp }, index) => ({
    key,
    value,
    headers,
    timestamp,
    partition,
    ...(index === 0 && { attempts }),
  }));
