import { dereferenced } from '../../src/avro/schema-resolution';
import { schemaTree, type SchemaNode, type SchemaTree } from '../../src/avro/schema-tree';
import type { AvroSchema } from '../../src/avro/subject';
import { branchName, isWrapped } from '../../src/components/schemas/union-form';

/** A text of a value that shows every difference, including union branches, NaN and minus zero. */
export function avroText(schema: AvroSchema, value: unknown): string {
  const { root, named } = schemaTree(schema);
  return textOf(root, value, named);
}

function textOf(reference: SchemaNode, value: unknown, named: SchemaTree['named']): string {
  const node = dereferenced(reference, named);
  const inner = (part: SchemaNode, each: unknown): string => `${textOf(part, each, named)},`;
  switch (node.kind) {
    case 'primitive':
      return ofPrimitive(node.type, value);
    case 'reference':
      throw new Error(`${node.name} is not defined`);
    case 'enum':
      return ofPrimitive('string', value);
    case 'fixed':
      return ofPrimitive('bytes', value);
    case 'array':
      return `[${(value as readonly unknown[]).map((each) => inner(node.items, each)).join('')}]`;
    case 'map': {
      const entries = Object.entries(value as object).map(
        ([key, each]) => [hex(key), inner(node.values, each)] as const,
      );
      const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
      return `{${sorted.map(([key, each]) => `${key}=${each}`).join('')}}`;
    }
    case 'record':
      return `(${node.fields.map(({ name, type }) => inner(type, (value as Record<string, unknown>)[name])).join('')})`;
    case 'union': {
      const isWithName = value !== null && isWrapped(node, named);
      const index = isWithName
        ? node.branches.findIndex((branch) => branchName(branch) === Object.keys(value as object)[0])
        : node.branches.findIndex((branch) => fits(dereferenced(branch, named), value));
      const branch = node.branches[index];
      if (branch === undefined) throw new Error('no branch has such a value');
      return `u${index}:${textOf(branch, isWithName ? Object.values(value as object)[0] : value, named)}`;
    }
  }
}

/** Whether the value belongs to this branch of an unwrapped union. */
function fits(node: SchemaNode, value: unknown): boolean {
  const kind = node.kind === 'primitive' ? node.type : node.kind;
  if (value === null) return kind === 'null';
  if (Buffer.isBuffer(value)) return kind === 'bytes' || kind === 'fixed';
  if (Array.isArray(value)) return kind === 'array';
  if (typeof value === 'string') return kind === 'string' || kind === 'enum';
  if (typeof value === 'number') return ['int', 'long', 'float', 'double'].includes(kind);
  return typeof value === 'boolean' ? kind === 'boolean' : kind === 'record' || kind === 'map';
}

function ofPrimitive(type: string, value: unknown): string {
  switch (type) {
    case 'null':
      return 'n';
    case 'float':
    case 'double': {
      const bits = Buffer.alloc(8);
      bits.writeDoubleBE(value as number);
      return `d${bits.readBigUInt64BE().toString(16)}`;
    }
    case 'string':
      return `s${hex(value as string)}`;
    case 'bytes':
      return `x${(value as Buffer).toString('hex')}`;
    default:
      return String(value === 0 ? 0 : value);
  }
}

const hex = (text: string): string => Buffer.from(text).toString('hex');
