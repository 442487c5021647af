import { z } from 'zod';
import { ConfigError } from '../../validation/problems';
import { allowedAt } from '../../validation/schema-words';
import { COMPATIBILITIES, type AvroSchema, type Subject } from '../../avro/subject';

/**
 * The Avro schema is not validated here: it was validated when the document was made, and the registry validates it
 * again.
 */
const avroSchema = z
  .custom<AvroSchema>((value) => typeof value === 'string' || (typeof value === 'object' && value !== null))
  .meta({ allowed: 'an Avro schema as JSON' });

const documentSchema = z
  .array(
    z.strictObject({
      subject: z.string().min(1).meta({ allowed: 'the name of a subject' }),
      compatibility: z.enum(COMPATIBILITIES).meta({ allowed: COMPATIBILITIES.join(', ') }),
      versions: z.array(avroSchema).min(1).meta({ allowed: 'at least one schema, oldest first' }),
    }),
  )
  .meta({ allowed: 'a list of subjects' });

/**
 * Parses a document of subjects, which another release may have written.
 * @throws {ConfigError} with all problems
 */
export function parseSubjects(document: unknown, source: string): readonly Subject[] {
  const result = documentSchema.safeParse(document);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => ({
    path: path.length === 0 ? '(all)' : path.join('.'),
    value: valueAt(document, path),
    message,
    allowed: allowedAt(documentSchema, path),
    fix: 'apply manifests that were rendered by the release of this image',
  }));
  throw new ConfigError(source, problems, 'nothing was registered');
}

const valueAt = (document: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)[key], document);
