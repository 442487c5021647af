import { join } from 'node:path';
import type { SchemaCatalogue } from 'kafka-platform/config';
import { schemaCatalogue } from './catalogue';

/** The catalogue of schemas with its files, for programs that can read the files; bundled programs cannot. */
export const schemas: SchemaCatalogue = {
  file: 'examples/shop/schemas/catalogue.ts',
  directory: join(__dirname, 'avro'),
  definitions: schemaCatalogue,
};
