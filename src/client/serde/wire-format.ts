const MAGIC = 0;

/** Confluent's framing: a zero byte, the id of the writer's schema in four bytes, then the Avro data. */
export const PREFIX_BYTES = 5;

/** The schema id; undefined if the bytes do not start like a framed event. Never throws. */
export const writerId = (bytes: Buffer): number | undefined =>
  bytes.length >= PREFIX_BYTES && bytes[0] === MAGIC ? bytes.readUInt32BE(1) : undefined;

export function writePrefix(bytes: Buffer, id: number): void {
  bytes[0] = MAGIC;
  bytes.writeUInt32BE(id, 1);
}
