import { timestampOf, type ConsumedRecord } from '../consumer/record';
import type { HeaderValue } from '../producer/record';
import { copiedHeaders } from './copied-headers';
import { KIP_1191, SPRING } from './header-names';

/**
 * Maximum length of an error message in bytes. It keeps the failure headers within `FAILURE_HEADERS`, by which the
 * topic's size limit exceeds the source's.
 */
const LONGEST_MESSAGE = 1_000;
const LONGEST_STACK = 4_096;
const LONGEST_NAME = 256;
const CREATE_TIME = 'CreateTime';

/** Why a record could not be handled at its place. */
export interface Failure {
  readonly group: string;
  readonly error: unknown;
  /** Number of failed handler calls. */
  readonly attempts: number;
}

/**
 * The record's own headers, and headers that describe the failure: as text in Kafka's names (KIP-1191), and as Spring's
 * `kafka_dlt-` headers with binary numbers, which most tools read. A record that was copied before keeps the headers
 * with its first place. A header without a value becomes an empty one.
 */
export function failureHeaders(record: ConsumedRecord, failure: Failure): Record<string, HeaderValue> {
  // A cause header of an earlier failure must not remain if this error has no cause.
  const copied = Object.entries(copiedHeaders(record)).filter(([name]) => name !== SPRING.causeClass);
  return { ...originOf(record, failure.group), ...Object.fromEntries(copied), ...reasonOf(failure) };
}

function originOf(record: ConsumedRecord, group: string): Record<string, HeaderValue> {
  const { topic, partition, offset } = record;
  return {
    [KIP_1191.topic]: topic,
    [KIP_1191.partition]: String(partition),
    [KIP_1191.offset]: String(offset),
    [KIP_1191.group]: group,
    [SPRING.topic]: topic,
    [SPRING.partition]: int32(partition),
    [SPRING.offset]: int64(offset),
    [SPRING.timestamp]: int64(timestampOf(record)),
    [SPRING.timestampType]: CREATE_TIME,
    [SPRING.group]: group,
  };
}

function reasonOf({ error, attempts }: Failure): Record<string, string> {
  const { name, message, stack, cause } = error instanceof Error ? error : new Error(textOf(error));
  const text = cut(message, LONGEST_MESSAGE);
  return {
    [KIP_1191.deliveryCount]: String(attempts),
    [KIP_1191.message]: text,
    [SPRING.errorClass]: cut(name, LONGEST_NAME),
    ...(cause instanceof Error && { [SPRING.causeClass]: cut(cause.name, LONGEST_NAME) }),
    [SPRING.message]: text,
    [SPRING.stack]: cut(stack ?? '', LONGEST_STACK),
  };
}

/** Any value can be thrown, including values that cannot be converted to text. */
function textOf(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return `a ${typeof thrown} without a text`;
  }
}

/** The text, cut to a maximum number of bytes of well-formed UTF-8. */
function cut(text: unknown, longest: number): string {
  const bytes = Buffer.from(textOf(text));
  let end = Math.min(longest, bytes.length);
  // Does not cut within a character, whose continuation bytes start with the bits 10.
  while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
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
