import { z } from 'zod';

/** What the schema takes at a path, in words: the field's own, or the names of an object's settings. */
export function allowedAt(root: z.ZodType, path: readonly PropertyKey[]): string {
  const schema = path.reduce<z.ZodType | undefined>((current, key) => current && child(bare(current), key), root);
  if (schema === undefined) return 'a setting that exists';
  return words(schema);
}

function words(schema: z.ZodType): string {
  const allowed = schema.meta()?.allowed;
  if (allowed !== undefined) return allowed;
  const inner = bare(schema);
  if (inner !== schema) return words(inner);
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape).join(', ');
  return `a ${schema.type}`;
}

/** A schema without what only says that it may be left out. */
function bare(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) {
    return bare(schema.unwrap() as z.ZodType);
  }
  return schema;
}

function child(schema: z.ZodType, key: PropertyKey): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[String(key)] as z.ZodType | undefined;
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType;
  return undefined;
}
