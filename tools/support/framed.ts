import { Type, type Schema } from 'avsc';
import type { AvroSchema } from '../../src/avro/subject';

/** A value in the wire format, encoded with another writer's schema. */
export const framed = (id: number, schema: AvroSchema, value: unknown): Buffer =>
  prefixed(id, Type.forSchema(schema as Schema).toBuffer(value));

export function prefixed(id: number, bytes: Buffer): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(id, 1);
  return Buffer.concat([prefix, bytes]);
}
