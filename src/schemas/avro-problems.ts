import { Type, type Schema } from 'avsc';
import type { Problem } from '../config/problems';
import type { AvroSchema } from './subject';

/** What each logical type of Avro 1.12 annotates. */
const LOGICAL_TYPES: Readonly<Record<string, readonly string[]>> = {
  decimal: ['bytes', 'fixed'],
  'big-decimal': ['bytes'],
  uuid: ['string', 'fixed'],
  date: ['int'],
  'time-millis': ['int'],
  'time-micros': ['long'],
  'timestamp-millis': ['long'],
  'timestamp-micros': ['long'],
  'timestamp-nanos': ['long'],
  'local-timestamp-millis': ['long'],
  'local-timestamp-micros': ['long'],
  'local-timestamp-nanos': ['long'],
  duration: ['fixed'],
};

type Attributes = Readonly<Record<string, unknown>>;

/** What keeps a schema from being valid Avro, field by field, and logical types that everybody would silently ignore. */
export function avroProblems(schema: AvroSchema, path: string): readonly Problem[] {
  const invalid = invalidParts(schema, path);
  return invalid.length > 0 ? invalid : ignoredLogicalTypes(schema, path);
}

/** avsc stops at the first fault; taking the fields one by one finds every field with one. */
function invalidParts(schema: AvroSchema, path: string): readonly Problem[] {
  const fault = faultOf(schema);
  if (fault === undefined) return [];
  const { fields } = attributesOf(schema);
  const outside = Array.isArray(fields) ? faultOf({ ...(schema as Attributes), fields: [] }) : fault;
  if (outside !== undefined) return [problem(path, schema, outside)];
  const sound: Attributes[] = [];
  const found: Problem[] = [];
  for (const field of fields as readonly Attributes[]) {
    const one = faultOf({ ...(schema as Attributes), fields: [...sound, field] });
    if (one === undefined) sound.push(field);
    else found.push(problem(fieldPath(path, field), field, one));
  }
  return found;
}

function faultOf(schema: AvroSchema): string | undefined {
  try {
    Type.forSchema(schema as Schema);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const problem = (path: string, value: unknown, message: string): Problem => ({
  path,
  value,
  message: `this is no valid Avro: ${message}`,
  allowed: 'what https://avro.apache.org/docs/1.12.0/specification/ describes',
  fix: 'mend what the message names',
});

function ignoredLogicalTypes(schema: unknown, path: string): readonly Problem[] {
  if (Array.isArray(schema)) return schema.flatMap((branch) => ignoredLogicalTypes(branch, path));
  if (typeof schema !== 'object' || schema === null) return [];
  const { type, logicalType, fields, items, values } = schema as Attributes;
  const inner = [
    ...(Array.isArray(fields) ? fields : []).flatMap((field: Attributes) => {
      const at = fieldPath(path, field);
      return [...misplaced(field, at), ...ignoredLogicalTypes(field['type'], at)];
    }),
    ...ignoredLogicalTypes(items, path),
    ...ignoredLogicalTypes(values, path),
    ...ignoredLogicalTypes(type, path),
  ];
  return logicalType === undefined ? inner : [...unknownLogicalType({ type, logicalType }, path), ...inner];
}

function unknownLogicalType({ type, logicalType }: Attributes, path: string): readonly Problem[] {
  const bases = typeof logicalType === 'string' ? LOGICAL_TYPES[logicalType] : undefined;
  if (typeof type === 'string' && bases?.includes(type)) return [];
  return [
    {
      path,
      value: logicalType,
      message: 'readers ignore a logical type that they do not know, or that annotates another type than it should',
      allowed: bases === undefined ? Object.keys(LOGICAL_TYPES).join(', ') : `on ${bases.join(' or ')}`,
      fix: bases === undefined ? 'correct its name or remove it' : `make the type ${bases.join(' or ')}`,
    },
  ];
}

function misplaced({ type, logicalType }: Attributes, path: string): readonly Problem[] {
  if (logicalType === undefined) return [];
  return [
    {
      path,
      value: logicalType,
      message: 'a logical type beside the type is ignored: it annotates the type, not the field',
      allowed: 'a logical type within the type',
      fix: `write "type": ${JSON.stringify({ type, logicalType })}`,
    },
  ];
}

const attributesOf = (schema: unknown): Attributes =>
  typeof schema === 'object' && schema !== null ? (schema as Attributes) : {};

/** `order-created.v1.avsc lines.sku`. */
function fieldPath(path: string, field: unknown): string {
  const { name } = attributesOf(field);
  return `${path}${path.includes(' ') ? '.' : ' '}${typeof name === 'string' ? name : '(no name)'}`;
}
