import { schemaTree, type FieldNode, type SchemaNode } from '../../avro/schema-tree';
import type { AvroSchema } from '../../avro/subject';

/**
 * The fields in which a registered schema differs from the catalogue's; not empty if the schemas have different
 * meanings.
 */
export function fieldDifferences(registered: AvroSchema, wanted: AvroSchema): readonly string[] {
  const there = schemaTree(registered).root;
  const here = schemaTree(wanted).root;
  if (there.kind !== 'record' || here.kind !== 'record') return [`it is ${titleOf(there)} instead of ${titleOf(here)}`];
  const names = [...new Set([...there.fields, ...here.fields].map(({ name }) => name))];
  const fields = names.flatMap((name) => differenceOf(name, find(there.fields, name), find(here.fields, name)));
  if (fields.length > 0) return fields;
  return there.name === here.name
    ? ['its fields come in another order, or its aliases differ']
    : [`its name is ${there.name} instead of ${here.name}`];
}

function differenceOf(name: string, there: FieldNode | undefined, here: FieldNode | undefined): readonly string[] {
  if (here === undefined) return [`field \`${name}\` is only in the registry`];
  if (there === undefined) return [`field \`${name}\` is only in the catalogue`];
  return JSON.stringify(there) === JSON.stringify(here) ? [] : [`field \`${name}\` is another`];
}

const find = (fields: readonly FieldNode[], name: string): FieldNode | undefined =>
  fields.find((field) => field.name === name);

const titleOf = (node: SchemaNode): string => ('name' in node ? `${node.kind} ${node.name}` : node.kind);
