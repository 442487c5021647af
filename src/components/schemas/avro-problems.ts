import { Type, type Schema } from 'avsc';
import type { Problem } from '../../validation/problems';
import { ignoredLogicalType } from '../../avro/logical-types';
import { roundTripFault } from './round-trip';
import type { AvroSchema } from '../../avro/subject';

type Attributes = Readonly<Record<string, unknown>>;

/**
 * All reasons why a schema is not valid Avro or not usable by the clients, field by field, and logical types that
 * readers would silently ignore. To test usability, generated values are written with the schema and read back.
 */
export function avroProblems(schema: AvroSchema, path: string): readonly Problem[] {
  const invalid = invalidParts(schema, path);
  return invalid.length > 0 ? invalid : [...ignoredLogicalTypes(schema, path), ...unusableParts(schema, path)];
}

/** Field by field, where a field can be tested alone. */
function unusableParts(schema: AvroSchema, path: string): readonly Problem[] {
  const fault = roundTripFault(schema);
  if (fault === undefined) return [];
  const { fields } = attributesOf(schema);
  const alone = (Array.isArray(fields) ? (fields as readonly Attributes[]) : []).flatMap((field) => {
    const one = { ...(schema as Attributes), fields: [field] };
    const why = faultOf(one) === undefined ? roundTripFault(one) : undefined;
    return why === undefined ? [] : [unusable(fieldPath(path, field), field, why)];
  });
  return alone.length > 0 ? alone : [unusable(path, schema, fault)];
}

const unusable = (path: string, value: unknown, message: string): Problem => ({
  path,
  value,
  message: `the clients cannot read and write it: ${message}`,
  allowed: 'what they write and read back as it was',
  fix: 'change what the message names',
});

/** avsc stops at the first error. Testing the fields one by one finds every invalid field. */
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
    // The registry object has no prototype, because a type may be called `constructor`.
    Type.forSchema(schema as Schema, { registry: Object.create(null) as Record<string, Type> });
    return undefined;
  } catch (error) {
    const { message } = error as Error;
    const [, symbol = ''] = /^duplicate .* symbol: "(.*)"$/.exec(message) ?? [];
    // avsc looks symbols up in a plain object, which inherits these names.
    return symbol in {}
      ? `the symbol "${symbol}" is a name that JavaScript's objects have: clients cannot tell it`
      : message;
  }
}

const problem = (path: string, value: unknown, message: string): Problem => ({
  path,
  value,
  message: `this is no valid Avro: ${message}`,
  allowed: 'what https://avro.apache.org/docs/1.12.0/specification/ describes',
  fix: 'correct what the message names',
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
  return logicalType === undefined ? inner : [...unknownLogicalType(schema as Attributes, path), ...inner];
}

function unknownLogicalType(attributes: Attributes, path: string): readonly Problem[] {
  const ignored = ignoredLogicalType(attributes);
  if (ignored === undefined) return [];
  const message =
    'readers ignore a logical type that they do not know, or that does not fit the type that it annotates';
  return [{ path, message, ...ignored }];
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

/** Path of a field in messages: `order-created.v1.avsc lines.sku`. */
function fieldPath(path: string, field: unknown): string {
  const { name } = attributesOf(field);
  return `${path}${path.includes(' ') ? '.' : ' '}${typeof name === 'string' ? name : '(no name)'}`;
}
