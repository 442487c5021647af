import type { KafkaMessage } from 'kafkajs';

/** Position of a record. */
export interface RecordPlace<T extends string = string> {
  readonly topic: T;
  readonly partition: number;
  readonly offset: bigint;
}

/** Null for a header without a value; a list for a header that occurs several times. */
export type ConsumedHeader = Buffer | string | null | readonly (Buffer | string | null)[];

/** A record as it is in the log. Key and value are bytes, so that a decoding error cannot lose them. */
export interface ConsumedRecord<T extends string = string> extends RecordPlace<T> {
  readonly key: Buffer | null;
  /** Null for a tombstone. */
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, ConsumedHeader>>;
  /**
   * Timestamp in milliseconds since 1970, or the nearest number if it is not exact. -1 for a record without a
   * timestamp.
   */
  readonly timestamp: number;
  /**
   * The exact timestamp of the log, if it cannot be represented as a number; for example of a producer that sent
   * nanoseconds.
   */
  readonly exactTimestamp?: bigint;
}

/** The text of a header; the last one if it occurs several times. Undefined if there is none. */
export const headerText = ({ headers }: Pick<ConsumedRecord, 'headers'>, name: string): string | undefined =>
  [headers[name]].flat().at(-1)?.toString();

export const consumedRecord = <T extends string>(
  { topic, partition }: Omit<RecordPlace<T>, 'offset'>,
  { offset, key, value, headers, timestamp }: KafkaMessage,
): ConsumedRecord<T> => ({
  topic,
  partition,
  offset: BigInt(offset),
  key,
  value,
  // kafkajs returns headers without a value, which its types do not declare.
  headers: (headers ?? {}) as ConsumedRecord['headers'],
  timestamp: Number(timestamp),
  ...(Math.abs(Number(timestamp)) > Number.MAX_SAFE_INTEGER && { exactTimestamp: BigInt(timestamp) }),
});

/** The exact timestamp of a record in the log. */
export const timestampOf = ({
  timestamp,
  exactTimestamp,
}: Pick<ConsumedRecord, 'timestamp' | 'exactTimestamp'>): bigint => exactTimestamp ?? BigInt(timestamp);
