import { z } from 'zod';

/** Description of the allowed values at a path: the description of the field, or the names of an object's settings. */
export function allowedAt(root: z.ZodType, path: readonly PropertyKey[]): string {
  const schema = schemaAt(root, path);
  if (schema === undefined) return 'a setting that exists';
  return words(schema);
}

/** Names of the settings of an object; empty if the path does not lead to an object. */
export function namesAt(root: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const schema = schemaAt(root, path);
  const inner = schema === undefined ? undefined : bare(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

/** What a number at a path counts, if the schema says so. */
export function unitAt(root: z.ZodType, path: readonly PropertyKey[]): string | undefined {
  const schema = schemaAt(root, path);
  return schema === undefined ? undefined : bare(schema).meta()?.unit;
}

const schemaAt = (root: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined =>
  path.reduce<z.ZodType | undefined>((current, key) => current && child(bare(current), key), root);

function words(schema: z.ZodType): string {
  const allowed = schema.meta()?.allowed;
  if (allowed !== undefined) return allowed;
  const inner = bare(schema);
  if (inner !== schema) return words(inner);
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape).join(', ');
  if (schema instanceof z.ZodArray) return listWords(schema.element as z.ZodType);
  if (schema instanceof z.ZodRecord) return `an object, each value ${words(schema.valueType as z.ZodType)}`;
  return `a ${schema.type}`;
}

const listWords = (element: z.ZodType): string =>
  bare(element) instanceof z.ZodObject ? `a list of { ${words(element)} }` : `a list, each element ${words(element)}`;

/** The schema without wrappers for optional values and defaults. */
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
