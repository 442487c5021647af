import type { AvroSchema } from '../../avro/subject';
import type { WriterSchemas } from './writer-schemas';

/** Writer schemas for a single known writer, without a registry. */
export const onlyWriter = (schema: AvroSchema): Pick<WriterSchemas, 'cached' | 'cachedUses' | 'get' | 'usesOf'> => ({
  cached: () => schema,
  cachedUses: () => [],
  get: () => Promise.resolve(schema),
  usesOf: () => Promise.resolve([]),
});
