import type { ConsumedRecord } from '../consumer/record';
import type { HeaderValue } from '../producer/record';

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
 * it came from first.
 */
export function failureHeaders(record: ConsumedRecord, failure: Failure): Record<string, HeaderValue> {
  const own = Object.entries(record.headers).filter(
    (header): header is [string, HeaderValue] => header[1] !== undefined,
  );
  return { ...originOf(record, failure.group), ...Object.fromEntries(own), ...reasonOf(failure) };
}

const originOf = ({ topic, partition, offset, timestamp }: ConsumedRecord, group: string) => ({
  '__dlq.errors.topic': topic,
  '__dlq.errors.partition': String(partition),
  '__dlq.errors.offset': String(offset),
  '__dlq.errors.group': group,
  'kafka_dlt-original-topic': topic,
  'kafka_dlt-original-partition': int32(partition),
  'kafka_dlt-original-offset': int64(offset),
  'kafka_dlt-original-timestamp': int64(BigInt(timestamp)),
  'kafka_dlt-original-timestamp-type': CREATE_TIME,
  'kafka_dlt-original-consumer-group': group,
});

function reasonOf({ error, attempts }: Failure): Record<string, string> {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return {
    '__dlq.errors.delivery.count': String(attempts),
    '__dlq.errors.message': message.slice(0, LONGEST_MESSAGE),
    'kafka_dlt-exception-fqcn': name,
    'kafka_dlt-exception-message': message.slice(0, LONGEST_MESSAGE),
    'kafka_dlt-exception-stacktrace': (stack ?? '').slice(0, LONGEST_STACK),
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
