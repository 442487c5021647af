import type { ConsumedRecord } from '../consumer/record';
import type { HeaderValue } from '../producer/record';
import { copiedHeaders } from './copied-headers';
import { KIP_1191, SPRING } from './header-names';

const LONGEST_MESSAGE = 1_000;
const LONGEST_STACK = 4_096;
const CREATE_TIME = 'CreateTime';

/** Why a record is not handled where it stood. */
export interface Failure {
  readonly group: string;
  readonly error: unknown;
  /** Calls of the handler that failed. */
  readonly attempts: number;
}

/**
 * The record's own headers, and beside them what became of it: as text in Kafka's names (KIP-1191), and as Spring's
 * `kafka_dlt-` headers with their binary numbers, which most tools read. A record that was handed on before keeps where
 * it came from first. A header without a value gets an empty one.
 */
export function failureHeaders(record: ConsumedRecord, failure: Failure): Record<string, HeaderValue> {
  // The reason may have no cause this time.
  const copied = Object.entries(copiedHeaders(record)).filter(([name]) => name !== SPRING.causeClass);
  return { ...originOf(record, failure.group), ...Object.fromEntries(copied), ...reasonOf(failure) };
}

const originOf = ({ topic, partition, offset, timestamp }: ConsumedRecord, group: string) => ({
  [KIP_1191.topic]: topic,
  [KIP_1191.partition]: String(partition),
  [KIP_1191.offset]: String(offset),
  [KIP_1191.group]: group,
  [SPRING.topic]: topic,
  [SPRING.partition]: int32(partition),
  [SPRING.offset]: int64(offset),
  [SPRING.timestamp]: int64(BigInt(timestamp)),
  [SPRING.timestampType]: CREATE_TIME,
  [SPRING.group]: group,
});

function reasonOf({ error, attempts }: Failure): Record<string, string> {
  const { name, message, stack, cause } = error instanceof Error ? error : new Error(String(error));
  return {
    [KIP_1191.deliveryCount]: String(attempts),
    [KIP_1191.message]: message.slice(0, LONGEST_MESSAGE),
    [SPRING.errorClass]: name,
    ...(cause instanceof Error && { [SPRING.causeClass]: cause.name }),
    [SPRING.message]: message.slice(0, LONGEST_MESSAGE),
    [SPRING.stack]: (stack ?? '').slice(0, LONGEST_STACK),
  };
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}
