import type { TopicName } from '../../topics/catalogue';
import type { WireValue } from '../encoded';
import type { Delivery } from './delivery';

/** Kafka's own framing of a record, at the most. */
const RECORD_OVERHEAD_BYTES = 64;

/** What consumers need to know of a value before they decode it; every part is a header of its own. */
export interface EventHeaders {
  readonly type: string;
  readonly version: string;
  readonly source: string;
  /** W3C trace context. */
  readonly traceparent?: string;
}

/** A header that stands several times has several values. */
export type HeaderValue = Buffer | string | (Buffer | string)[];

export interface OutgoingRecord<T extends TopicName = TopicName> {
  /** Records of a key stand in one partition, in the order in which they were sent. @default none: any partition */
  readonly key?: Buffer | string | null;
  /** Where a copy of a record has to stand. @default by its key as Kafka's Java client does, any one without a key */
  readonly partition?: number;
  /** What the topic's serde makes, where it has a schema. `null` deletes the key from a compacted topic. */
  readonly value: WireValue<T> | null;
  /** @default none */
  readonly headers?: Readonly<Record<string, HeaderValue>>;
  /** Sent as `event-type`, `version`, `source` and `traceparent`. @default none */
  readonly event?: EventHeaders;
  /** Milliseconds since 1970. @default when it was sent */
  readonly timestamp?: number;
}

/** A record whose outcome is not known yet. */
export class OpenRecord {
  readonly delivery: Promise<Delivery>;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Record<string, HeaderValue>;
  readonly timestamp: string;
  /** What it takes of the memory, and at most of a batch. */
  readonly bytes: number;
  isSettled = false;
  /** When it found room, by the producer's clock. */
  since = 0;
  private tell!: (delivery: Delivery) => void;

  constructor(
    readonly topic: TopicName,
    readonly sent: OutgoingRecord,
  ) {
    this.key = toBytes(sent.key ?? null);
    this.value = toBytes(sent.value);
    this.headers = { ...sent.headers, ...(sent.event && eventHeaders(sent.event)) };
    this.timestamp = String(sent.timestamp ?? Date.now());
    this.bytes = RECORD_OVERHEAD_BYTES + (this.key?.length ?? 0) + (this.value?.length ?? 0) + sizeOf(this.headers);
    this.delivery = new Promise((tell) => (this.tell = tell));
  }

  /** The first outcome counts: who was told `unknown` is not told otherwise later. */
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
