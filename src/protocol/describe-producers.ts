import type { TopicPartitions } from './list-offsets';
import type { Decoder } from './protocol';
import type { Request } from './request';

/** A producer that recently wrote to a partition. */
export interface PartitionProducer {
  readonly producerId: bigint;
  /** Timestamp of its last batch in this partition, in milliseconds since 1970, by the producer's clock. */
  readonly lastTimestamp: number;
  /** First offset of its open transaction in this partition; -1 without one. */
  readonly transactionStart: bigint;
}

/** Producers of a partition, or Kafka's error code. */
export interface PartitionProducers {
  readonly topic: string;
  readonly partition: number;
  readonly code: number;
  readonly producers: readonly PartitionProducer[];
}

/** DescribeProducers v0. Only replicas of a partition answer, and only its leader has the latest state. */
export const describeProducers = (topics: readonly TopicPartitions[]): Request<readonly PartitionProducers[]> => ({
  apiKey: 61,
  version: 0,
  encode: (body) => {
    body.array(topics, ({ topic, partitions }) => {
      body.string(topic);
      body.array(partitions, (partition) => void body.int32(partition)).noTags();
    });
    body.noTags();
  },
  decode: (body) => {
    body.int32();
    return body.array(() => decodeTopic(body)).flat();
  },
});

function decodeTopic(body: Decoder): readonly PartitionProducers[] {
  const topic = body.string();
  const partitions = body.array(() => {
    const head = { topic, partition: body.int32(), code: body.int16() };
    body.nullableString();
    const producers = body.array(() => decodeProducer(body));
    body.skipTags();
    return { ...head, producers };
  });
  body.skipTags();
  return partitions;
}

function decodeProducer(body: Decoder): PartitionProducer {
  const producerId = body.int64();
  body.int32();
  body.int32();
  const lastTimestamp = Number(body.int64());
  body.int32();
  const transactionStart = body.int64();
  body.skipTags();
  return { producerId, lastTimestamp, transactionStart };
}
