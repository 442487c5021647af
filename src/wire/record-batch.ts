const MAGIC_2 = 2;
/** Size of the first two fields, which tell the size of the rest. */
const PREFIX_BYTES = 12;
const AT = {
  length: 8,
  magic: 16,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  count: 57,
  records: 61,
} as const;
const ATTRIBUTES = { compression: 0x07, appendTime: 0x08, transactional: 0x10, control: 0x20 } as const;
const ABORT = 0;

/** A batch of the log, its records as they are compressed. */
export interface RecordBatch {
  readonly baseOffset: bigint;
  /** Also when the last records are gone. */
  readonly lastOffset: bigint;
  /** Milliseconds since 1970, to which each record adds its own. */
  readonly baseTimestamp: bigint;
  /** When the broker appended it; undefined where records carry times of their own. */
  readonly appendTime: bigint | undefined;
  readonly producerId: bigint;
  readonly isTransactional: boolean;
  /** The end of a transaction, and no record of anybody's. */
  readonly isControl: boolean;
  /** Kafka's number of the codec; 0 is none. */
  readonly compression: number;
  readonly count: number;
  readonly records: Buffer;
}

export interface LogRecord {
  readonly offset: bigint;
  /** Milliseconds since 1970. */
  readonly timestamp: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** In their order; a name may stand several times. */
  readonly headers: readonly (readonly [name: string, value: Buffer | null])[];
}

/**
 * The batches of a part of a log; one that is cut off at its end is left out.
 * Source: https://kafka.apache.org/documentation/#recordbatch
 * @throws {RangeError} for a format before Kafka 0.11
 */
export function* recordBatches(log: Buffer): Generator<RecordBatch> {
  let at = 0;
  while (at + AT.records <= log.length) {
    const end = at + PREFIX_BYTES + log.readInt32BE(at + AT.length);
    if (end > log.length) return;
    yield decodeBatch(log.subarray(at, end));
    at = end;
  }
}

/** The records of a batch, once its records are uncompressed. */
export function recordsOf({ count, ...batch }: RecordBatch, uncompressed: Buffer): readonly LogRecord[] {
  const reader = new RecordReader(uncompressed);
  return Array.from({ length: count }, () => decodeRecord(reader, batch));
}

/** Whether a control batch ends an aborted transaction. */
export function isAbort(batch: RecordBatch): boolean {
  const [marker] = recordsOf(batch, batch.records);
  return marker?.key?.readInt16BE(2) === ABORT;
}

function decodeBatch(bytes: Buffer): RecordBatch {
  const magic = bytes.readInt8(AT.magic);
  if (magic !== MAGIC_2) throw new RangeError(`a record batch has format ${magic}, only ${MAGIC_2} is read`);
  const attributes = bytes.readInt16BE(AT.attributes);
  const baseOffset = bytes.readBigInt64BE(0);
  return {
    baseOffset,
    lastOffset: baseOffset + BigInt(bytes.readInt32BE(AT.lastOffsetDelta)),
    baseTimestamp: bytes.readBigInt64BE(AT.baseTimestamp),
    appendTime: attributes & ATTRIBUTES.appendTime ? bytes.readBigInt64BE(AT.maxTimestamp) : undefined,
    producerId: bytes.readBigInt64BE(AT.producerId),
    isTransactional: (attributes & ATTRIBUTES.transactional) !== 0,
    isControl: (attributes & ATTRIBUTES.control) !== 0,
    compression: attributes & ATTRIBUTES.compression,
    count: bytes.readInt32BE(AT.count),
    records: bytes.subarray(AT.records),
  };
}

function decodeRecord(
  reader: RecordReader,
  { baseOffset, baseTimestamp, appendTime }: Pick<RecordBatch, 'baseOffset' | 'baseTimestamp' | 'appendTime'>,
): LogRecord {
  reader.varint();
  reader.skipAttributes();
  const timestamp = baseTimestamp + reader.varint();
  const offset = baseOffset + reader.varint();
  const [key, value] = [reader.bytes(), reader.bytes()];
  const headers = Array.from(
    { length: Number(reader.varint()) },
    () => [reader.bytes()?.toString() ?? '', reader.bytes()] as const,
  );
  return { offset, timestamp: appendTime ?? timestamp, key, value, headers };
}

/** Numbers inside of records are varints whose lowest bit is the sign. @throws {RangeError} when the bytes end early */
class RecordReader {
  private at = 0;

  constructor(private readonly source: Buffer) {}

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.source.readUInt8(this.at++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return (value >> 1n) ^ -(value & 1n);
    }
  }

  bytes(): Buffer | null {
    const length = Number(this.varint());
    if (length < 0) return null;
    const end = this.at + length;
    if (end > this.source.length) throw new RangeError('the record breaks off');
    const view = this.source.subarray(this.at, end);
    this.at = end;
    return view;
  }

  skipAttributes(): void {
    this.at += 1;
  }
}
