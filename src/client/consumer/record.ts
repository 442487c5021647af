import type { KafkaMessage } from 'kafkajs';
import type { TopicName } from '../../topics/catalogue';

/** Where a record stands. */
export interface RecordPlace<T extends TopicName = TopicName> {
  readonly topic: T;
  readonly partition: number;
  readonly offset: bigint;
}

/** Null when it has no value; a header that stands several times has several. */
export type ConsumedHeader = Buffer | string | null | readonly (Buffer | string | null)[];

/** A record as it stands in the log: bytes, for a decode error must not lose what could not be decoded. */
export interface ConsumedRecord<T extends TopicName = TopicName> extends RecordPlace<T> {
  readonly key: Buffer | null;
  /** Null for a tombstone. */
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, ConsumedHeader>>;
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
  // Kafkajs reads headers without a value, which its types do not say.
  headers: (headers ?? {}) as ConsumedRecord['headers'],
  timestamp: Number(timestamp),
});
