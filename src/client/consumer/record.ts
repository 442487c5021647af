import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { TopicName } from '../../topics/catalogue';

/** Where a record stands. */
export interface RecordPlace<T extends TopicName = TopicName> {
  readonly topic: T;
  readonly partition: number;
  readonly offset: bigint;
}

/** A record as it stands in the log: bytes, for a decode error must not lose what could not be decoded. */
export interface ConsumedRecord<T extends TopicName = TopicName> extends RecordPlace<T> {
  readonly key: Buffer | null;
  /** Null for a tombstone. */
  readonly value: Buffer | null;
  readonly headers: IHeaders;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

export const consumedRecord = <T extends TopicName>(
  { topic, partition }: Omit<RecordPlace<T>, 'offset'>,
  { offset, key, value, headers, timestamp }: KafkaMessage,
): ConsumedRecord<T> => ({
  topic,
  partition,
  offset: BigInt(offset),
  key,
  value,
  headers: headers ?? {},
  timestamp: Number(timestamp),
});
