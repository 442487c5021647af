import type { ICustomPartitioner, Kafka, Message, Producer } from 'kafkajs';
import type { TopicName } from '../../topics/catalogue';
import { METADATA_MAX_AGE_MS, withAdmin } from '../quiet-kafka';
import type { Attempts } from './attempts';
import { compressionType } from './compression';
import type { Settled } from './options';
import type { OpenRecord } from './record';
import { ReplacedOnError } from './replaced-on-error';

/** Short steps, so that a stall is the brokers' and not ours. */
const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 500;

/** The records of one partition that go in one request. */
export interface Batch {
  readonly topic: TopicName;
  readonly partition: number;
  readonly records: readonly OpenRecord[];
  readonly attempts: Attempts;
}

/** What a producer needs of Kafka. */
export interface Transport {
  partitionCount(topic: TopicName): Promise<number>;
  /** @returns the offset of the first record */
  send(batch: Batch): Promise<bigint>;
  close(): Promise<void>;
}

export interface Guarded extends Message {
  readonly attempts?: Attempts;
}

/** kafkajs asks it for every record of every attempt, right before the request is made: the one place to end its retries. */
export const guardedPartition: ICustomPartitioner =
  () =>
  ({ message }) => {
    (message as Guarded).attempts?.begin();
    if (message.partition === undefined) throw new TypeError('every record has its partition');
    return message.partition;
  };

/** One request is one partition: kafkajs writes what was acknowledged again when another part of a request fails. */
export function kafkaTransport(kafka: Kafka, { compression, deliveryTimeoutMs }: Settled): Transport {
  const producers = new ReplacedOnError(async (): Promise<Producer> => {
    const producer = kafka.producer({
      idempotent: true,
      metadataMaxAge: METADATA_MAX_AGE_MS,
      allowAutoTopicCreation: false,
      createPartitioner: guardedPartition,
      // As many as could fit; the time is kept by `Attempts`. kafkajs on its own gives up after 8 s.
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
        const { topic } = batch;
        const [answer] = await producer.send({
          topic,
          messages: messages(batch),
          acks: -1,
          compression: compressionType(compression),
        });
        if (answer?.baseOffset === undefined) throw new Error('the acknowledgement has no offset');
        return BigInt(answer.baseOffset);
      }),
    close: () => producers.close(),
  };
}

/** @throws when there is no such topic, or no broker tells */
export const partitionCount = (kafka: Kafka, topic: TopicName): Promise<number> =>
  withAdmin(kafka, async (admin) => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return topics[0]?.partitions.length ?? 0;
  });

const messages = ({ partition, records, attempts }: Batch): Guarded[] =>
  records.map(({ key, value, headers, timestamp }, index) => ({
    key,
    value,
    headers,
    timestamp,
    partition,
    ...(index === 0 && { attempts }),
  }));
