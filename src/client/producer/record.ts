import type { NoSchemas } from '../catalogue';
import type { WireValue } from '../encoded';
import type { Delivery } from './delivery';

/** Maximum size of Kafka's framing of a record. */
const RECORD_OVERHEAD_BYTES = 64;

/** Information about a value that consumers need before they decode it. Each property is sent as a header. */
export interface EventHeaders {
  readonly type: string;
  readonly version: string;
  readonly source: string;
  /** W3C trace context. */
  readonly traceparent?: string;
}

/** A header with several values is sent several times. */
export type HeaderValue = Buffer | string | (Buffer | string)[];

export interface OutgoingRecord<T extends string = string, S = NoSchemas> {
  /**
   * Records with the same key are in one partition, in the order in which they were sent. @default none: any partition
   */
  readonly key?: Buffer | string | null;
  /**
   * The partition, for a copy of a record. @default chosen by the key as in Kafka's Java client; any partition for a
   * record without a key
   */
  readonly partition?: number;
  /** The result of the topic's serde, if the topic has a schema. `null` deletes the key from a compacted topic. */
  readonly value: WireValue<T, S> | null;
  /** Headers. @default none */
  readonly headers?: Readonly<Record<string, HeaderValue>>;
  /** Sent as the headers `event-type`, `version`, `source` and `traceparent`. @default none */
  readonly event?: EventHeaders;
  /**
   * Timestamp in milliseconds since 1970; a bigint for a value that a number cannot represent, or -1 for a record
   * without a timestamp. @default the time of the call
   */
  readonly timestamp?: number | bigint;
}

/** A record whose outcome is not known yet. */
export class OpenRecord {
  readonly delivery: Promise<Delivery>;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Record<string, HeaderValue>;
  readonly timestamp: string;
  /** Size of the record in the buffer, and its maximum size in a batch. */
  readonly bytes: number;
  isSettled = false;
  /** Time of the record's admission to the buffer, by the producer's clock. */
  since = 0;
  private tell!: (delivery: Delivery) => void;

  constructor(
    readonly topic: string,
    readonly sent: OutgoingRecord,
  ) {
    this.key = toBytes(sent.key ?? null);
    this.value = toBytes(sent.value);
    this.headers = { ...sent.headers, ...(sent.event && eventHeaders(sent.event)) };
    this.timestamp = String(sent.timestamp ?? Date.now());
    this.bytes = RECORD_OVERHEAD_BYTES + (this.key?.length ?? 0) + (this.value?.length ?? 0) + sizeOf(this.headers);
    this.delivery = new Promise((tell) => (this.tell = tell));
  }

  /** Only the first outcome counts: an outcome `unknown` is not changed later. */
  settle(delivery: Delivery): void {
    this.isSettled = true;
    this.tell(delivery);
  }
}

const toBytes = (text: Buffer | string | null): Buffer | null => (typeof text === 'string' ? Buffer.from(text) : text);

const eventHeaders = ({ type, version, source, traceparent }: EventHeaders): Record<string, string> => ({
  'event-type': type,
  version,
  source,
  ...(traceparent !== undefined && { traceparent }),
});

function sizeOf(headers: Readonly<Record<string, HeaderValue>>): number {
  let bytes = 0;
  for (const name in headers)
    for (const value of [headers[name] ?? ''].flat()) bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
  return bytes;
}
