import type { ConsumedRecord } from '../client/consumer/record';
import { KIP_1191, SPRING } from '../client/retry/header-names';
import { textOfBytes } from '../console/visible';

/** The displayed information about a dead letter record, without its value. */
export interface DeadLetter {
  readonly partition: number;
  readonly offset: bigint;
  /** Original place of the record: `orders-3@4711`; undefined if it was not recorded. */
  readonly first: string | undefined;
  /** Timestamp of the record in milliseconds since 1970, or the nearest number. */
  readonly timestamp: number;
  /** Exact timestamp, if a number cannot represent it. */
  readonly exactTimestamp?: bigint;
  /** Key as UTF-8, or in hexadecimal if it is not valid UTF-8: `0xff00`. */
  readonly key: string | null;
  /** Whether the record has no value, which deletes its key from a compacted topic. */
  readonly isTombstone: boolean;
  readonly errorClass: string | undefined;
  readonly message: string;
  /** Number of failed handler calls. */
  readonly attempts: number | undefined;
}

export function deadLetterOf(record: ConsumedRecord): DeadLetter {
  const { partition, offset, key, value, timestamp, exactTimestamp, headers } = record;
  const [topic, at, position] = [KIP_1191.topic, KIP_1191.partition, KIP_1191.offset].map((name) =>
    textOf(headers, name),
  );
  const attempts = textOf(headers, KIP_1191.deliveryCount);
  return {
    partition,
    offset,
    first: topic === undefined ? undefined : `${topic}-${at ?? '?'}@${position ?? '?'}`,
    timestamp,
    ...(exactTimestamp !== undefined && { exactTimestamp }),
    key: key === null ? null : textOfBytes(key),
    isTombstone: value === null,
    errorClass: textOf(headers, SPRING.errorClass),
    message: textOf(headers, KIP_1191.message) ?? '',
    // Any producer can write headers, so the number is validated.
    attempts: attempts !== undefined && /^\d{1,15}$/.test(attempts) ? Number(attempts) : undefined,
  };
}

const textOf = (headers: ConsumedRecord['headers'], name: string): string | undefined =>
  [headers[name]].flat()[0]?.toString();
