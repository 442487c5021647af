const UUID_BYTES = 16;

/**
 * Kafka's flexible encoding (KIP-482): lengths are unsigned varints of length + 1, 0 represents null, and every
 * structure ends with tagged fields. No tagged fields are sent, and received ones are skipped. Source:
 * https://kafka.apache.org/protocol
 */
export class Encoder {
  private readonly parts: Buffer[] = [];

  int8(value: number): this {
    return this.push(1, (buffer) => buffer.writeInt8(value));
  }

  int16(value: number): this {
    return this.push(2, (buffer) => buffer.writeInt16BE(value));
  }

  int32(value: number): this {
    return this.push(4, (buffer) => buffer.writeInt32BE(value));
  }

  int64(value: bigint): this {
    return this.push(8, (buffer) => buffer.writeBigInt64BE(value));
  }

  float64(value: number): this {
    return this.push(8, (buffer) => buffer.writeDoubleBE(value));
  }

  boolean(value: boolean): this {
    return this.int8(value ? 1 : 0);
  }

  varint(value: number): this {
    const bytes: number[] = [];
    let rest = value;
    while (rest > 0x7f) {
      bytes.push((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.parts.push(Buffer.from([...bytes, rest]));
    return this;
  }

  string(value: string | null): this {
    if (value === null) return this.varint(0);
    const text = Buffer.from(value);
    this.varint(text.length + 1).parts.push(text);
    return this;
  }

  /** The type `bytes` of the protocol. */
  compactBytes(value: Uint8Array): this {
    this.varint(value.length + 1).parts.push(Buffer.from(value));
    return this;
  }

  /** @param value in the notation of Kafka's tools: base64url without padding */
  uuid(value: string): this {
    this.parts.push(Buffer.from(value, 'base64url'));
    return this;
  }

  /**
   * The client id in a request header: the only string that kept the older encoding. Callers without type checking may
   * omit it.
   */
  oldString(value: string | undefined): this {
    if (value === undefined) return this.int16(-1);
    const text = Buffer.from(value);
    this.int16(text.length).parts.push(text);
    return this;
  }

  array<T>(items: readonly T[], encode: (item: T) => void): this {
    this.varint(items.length + 1);
    items.forEach(encode);
    return this;
  }

  /** A null array; brokers interpret it as all items. */
  nullArray(): this {
    return this.varint(0);
  }

  noTags(): this {
    return this.varint(0);
  }

  /** The encoded bytes. */
  bytes(): Buffer {
    return Buffer.concat(this.parts);
  }

  /** The encoded bytes with their size in front. */
  framed(): Buffer {
    const body = this.bytes();
    const size = Buffer.alloc(4);
    size.writeInt32BE(body.length);
    return Buffer.concat([size, body]);
  }

  private push(size: number, write: (buffer: Buffer) => void): this {
    const buffer = Buffer.alloc(size);
    write(buffer);
    this.parts.push(buffer);
    return this;
  }
}

/** Decodes the format of {@link Encoder}. @throws {RangeError} if the bytes end early */
export class Decoder {
  private at = 0;

  constructor(private readonly answer: Buffer) {}

  int8(): number {
    return this.answer.readInt8(this.advance(1));
  }

  int16(): number {
    return this.answer.readInt16BE(this.advance(2));
  }

  int32(): number {
    return this.answer.readInt32BE(this.advance(4));
  }

  int64(): bigint {
    return this.answer.readBigInt64BE(this.advance(8));
  }

  float64(): number {
    return this.answer.readDoubleBE(this.advance(8));
  }

  boolean(): boolean {
    return this.int8() !== 0;
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.answer.readUInt8(this.advance(1));
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  nullableString(): string | null {
    const length = this.varint() - 1;
    if (length < 0) return null;
    const start = this.advance(length);
    return this.answer.toString('utf8', start, start + length);
  }

  string(): string {
    return this.nullableString() ?? '';
  }

  /** In the notation of Kafka's tools: base64url without padding. */
  uuid(): string {
    const start = this.advance(UUID_BYTES);
    return this.answer.toString('base64url', start, start + UUID_BYTES);
  }

  /** A string with a length of two bytes, as before the flexible encoding. */
  oldString(): string {
    const length = this.int16();
    const start = this.advance(Math.max(0, length));
    return this.answer.toString('utf8', start, start + Math.max(0, length));
  }

  /** An array with a length of four bytes, as before the flexible encoding. */
  oldArray<T>(decode: () => T): T[] {
    return Array.from({ length: Math.max(0, this.int32()) }, decode);
  }

  /** Empty for null. */
  bytes(): Buffer {
    const length = Math.max(0, this.varint() - 1);
    const start = this.advance(length);
    return this.answer.subarray(start, start + length);
  }

  array<T>(decode: () => T): T[] {
    return Array.from({ length: Math.max(0, this.varint() - 1) }, decode);
  }

  /** Skips bytes. */
  skip(size: number): this {
    this.advance(size);
    return this;
  }

  skipTags(): void {
    this.tags();
  }

  /** Numbers of the tagged fields that are present; their contents are skipped. */
  tags(): readonly number[] {
    return [...this.taggedFields().keys()];
  }

  /** The contents of the tagged fields that are present, by number. */
  taggedFields(): ReadonlyMap<number, Decoder> {
    const fields = Array.from({ length: this.varint() }, () => {
      const tag = this.varint();
      const size = this.varint();
      const start = this.advance(size);
      return [tag, new Decoder(this.answer.subarray(start, start + size))] as const;
    });
    return new Map(fields);
  }

  private advance(size: number): number {
    const start = this.at;
    if (start + size > this.answer.length) throw new RangeError('the response is incomplete');
    this.at += size;
    return start;
  }
}
