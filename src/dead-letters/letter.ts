import type { ConsumedRecord } from '../client/consumer/record';
import { KIP_1191, SPRING } from '../client/retry/header-names';

/** What is told of a dead letter; its value stays in the log. */
export interface Letter {
  readonly partition: number;
  readonly offset: bigint;
  /** Where the record stood first: `orders-3@4711`; undefined when nobody wrote it down. */
  readonly first: string | undefined;
  /** Of the record, milliseconds since 1970. */
  readonly timestamp: number;
  /** As UTF-8. */
  readonly key: string | null;
  readonly errorClass: string | undefined;
  readonly message: string;
  /** Calls of the handler that failed. */
  readonly attempts: number | undefined;
}

export function letterOf({ partition, offset, key, timestamp, headers }: ConsumedRecord): Letter {
  const [topic, at, position] = [KIP_1191.topic, KIP_1191.partition, KIP_1191.offset].map((name) =>
    textOf(headers, name),
  );
  const attempts = textOf(headers, KIP_1191.deliveryCount);
  return {
    partition,
    offset,
    first: topic === undefined ? undefined : `${topic}-${at ?? '?'}@${position ?? '?'}`,
    timestamp,
    key: key?.toString() ?? null,
    errorClass: textOf(headers, SPRING.errorClass),
    message: textOf(headers, KIP_1191.message) ?? '',
    attempts: attempts === undefined ? undefined : Number(attempts),
  };
}

const textOf = (headers: ConsumedRecord['headers'], name: string): string | undefined =>
  [headers[name]].flat()[0]?.toString();
