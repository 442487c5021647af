import { Type, type Schema } from 'avsc';
import type { AvroSchema } from '../../schemas/subject';
import { boundedBlocks } from './bounded-blocks';
import { wholeNumbers } from './whole-numbers';

/**
 * A schema made ready to read and write by.
 * @param unions `never`: as the generated types say, a value stands for itself; `auto`: whatever other writers have
 * @throws when it is no Avro
 */
export function avroType(schema: AvroSchema, unions: 'never' | 'auto'): Type {
  return Type.forSchema(schema as Schema, {
    wrapUnions: unions,
    omitRecordMethods: true,
    typeHook: (part, options) => wholeNumbers(part) ?? boundedBlocks(part, options),
  });
}
