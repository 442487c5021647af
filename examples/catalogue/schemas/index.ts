import { join } from 'node:path';
import type { SchemaCatalogue } from 'kafka-platform/config';
import { schemaCatalogue } from './catalogue';

/** The catalogue of schemas with its files, for programs that have them beside them; a bundle has none. */
export const schemas: SchemaCatalogue = {
  file: 'examples/catalogue/schemas/catalogue.ts',
  directory: join(__dirname, 'avro'),
  definitions: schemaCatalogue,
};
