const MAGIC = 0;

/** Confluent's framing: a zero, then the id of the writer's schema in four bytes, then Avro. */
export const PREFIX_BYTES = 5;

/** @throws nothing: undefined where the bytes do not begin as a framed event does */
export const writerId = (bytes: Buffer): number | undefined =>
  bytes.length >= PREFIX_BYTES && bytes[0] === MAGIC ? bytes.readUInt32BE(1) : undefined;

export function writePrefix(bytes: Buffer, id: number): void {
  bytes[0] = MAGIC;
  bytes.writeUInt32BE(id, 1);
}
