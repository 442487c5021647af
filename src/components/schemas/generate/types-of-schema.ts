import { isPrimitive, schemaTree, type NamedNode, type SchemaNode } from '../../../avro/schema-tree';
import type { AvroSchema } from '../../../avro/subject';
import { branchName, isWrapped } from '../union-form';

/** Types as the serde reads and writes them. The serde rejects a `long` beyond 2^52. */
const PRIMITIVES: Readonly<Record<string, string>> = {
  null: 'null',
  boolean: 'boolean',
  int: 'number',
  long: 'number',
  float: 'number',
  double: 'number',
  bytes: 'Buffer',
  string: 'string',
};

/** Units of logical types. */
const UNITS: Readonly<Record<string, string>> = {
  date: 'Days since 1970.',
  'time-millis': 'Milliseconds since midnight.',
  'time-micros': 'Microseconds since midnight.',
  'timestamp-millis': 'Milliseconds since 1970.',
  'timestamp-micros': 'Microseconds since 1970.',
};

/** The TypeScript declaration of a type of a schema. */
export interface Declaration {
  /** Full name of the type in the schema. */
  readonly type: string;
  readonly text: string;
}

type Attributes = Readonly<Record<string, unknown>>;

/**
 * The declarations of a schema and of the types within it, the outermost first.
 * @param nameOf TypeScript name of a type, by its full name
 */
export function typesOfSchema(schema: AvroSchema, nameOf: (type: string) => string): readonly Declaration[] {
  const { named } = schemaTree(schema);
  const docs = docsOf(schema);
  return namesIn(schema).map((type) => {
    const node = named.get(type);
    if (node === undefined) throw new Error(`${type} is not defined`);
    return { type, text: docstring([docs.get(type)], '') + declarationOf(node) };
  });

  function declarationOf(node: NamedNode): string {
    switch (node.kind) {
      case 'record': {
        const fields = node.fields.map(({ name, type }) => {
          const unit = type.kind === 'primitive' ? UNITS[type.logical ?? ''] : undefined;
          const doc = docstring([docs.get(`${node.name} ${name}`), unit], '  ');
          return `${doc}  readonly ${name}: ${typeOf(type)};\n`;
        });
        return `export interface ${nameOf(node.name)} {\n${fields.join('')}}`;
      }
      case 'enum':
        return `export type ${nameOf(node.name)} = ${node.symbols.map((symbol) => JSON.stringify(symbol)).join(' | ')};`;
      case 'fixed':
        return '';
    }
  }

  function typeOf(node: SchemaNode): string {
    switch (node.kind) {
      case 'primitive':
        return PRIMITIVES[node.type] ?? 'never';
      case 'fixed':
        return 'Buffer';
      case 'record':
      case 'enum':
        return nameOf(node.name);
      case 'reference':
        return named.get(node.name)?.kind === 'fixed' ? 'Buffer' : nameOf(node.name);
      case 'array':
        return arrayOf(typeOf(node.items));
      case 'map':
        return `Readonly<Record<string, ${typeOf(node.values)}>>`;
      case 'union':
        return unionOf(node.branches.map((branch) => (isWrapped(node, named) ? wrapped(branch) : typeOf(branch))));
    }
  }

  function wrapped(branch: SchemaNode): string {
    const name = branchName(branch);
    const key = name.includes('.') ? JSON.stringify(name) : name;
    return name === 'null' ? 'null' : `{ readonly ${key}: ${typeOf(branch)} }`;
  }
}

/** Full names of the records and enums of a schema, in the order of their definitions. */
export const namesIn = (schema: AvroSchema): readonly string[] => visit(schemaTree(schema).root);

function visit(node: SchemaNode): readonly string[] {
  switch (node.kind) {
    case 'record':
      return [node.name, ...node.fields.flatMap(({ type }) => visit(type))];
    case 'enum':
      return [node.name];
    case 'array':
      return visit(node.items);
    case 'map':
      return visit(node.values);
    case 'union':
      return node.branches.flatMap(visit);
    case 'primitive':
    case 'reference':
    case 'fixed':
      return [];
  }
}

/**
 * Documentation of types by full name, and of fields by `<full name> <field>`. The parsed schema does not contain it.
 */
function docsOf(schema: AvroSchema): ReadonlyMap<string, unknown> {
  const docs = new Map<string, unknown>();
  const walk = (part: unknown, namespace: string): void => {
    if (Array.isArray(part)) for (const branch of part) walk(branch, namespace);
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return;
    const { name, namespace: own, doc, fields, type, items, values } = part as Attributes;
    const space = typeof own === 'string' ? own : namespace;
    const full = typeof name !== 'string' || name.includes('.') || space === '' ? String(name) : `${space}.${name}`;
    const within = typeof name === 'string' ? full.slice(0, Math.max(0, full.lastIndexOf('.'))) : namespace;
    if (typeof name === 'string') docs.set(full, doc);
    for (const field of Array.isArray(fields) ? (fields as readonly Attributes[]) : []) {
      docs.set(`${full} ${String(field['name'])}`, field['doc']);
      walk(field['type'], within);
    }
    for (const inner of [type, items, values])
      if (typeof inner !== 'string' || !isPrimitive(inner)) walk(inner, within);
  };
  walk(schema, '');
  return docs;
}

/** `null` comes last, as is usual in TypeScript. */
const unionOf = (types: readonly string[]): string =>
  [...types.filter((type) => type !== 'null'), ...types.filter((type) => type === 'null')].join(' | ');

const arrayOf = (item: string): string => `readonly ${item.includes(' ') ? `(${item})` : item}[]`;

function docstring(sentences: readonly unknown[], indent: string): string {
  const text = sentences.filter((sentence) => typeof sentence === 'string').join(' ');
  if (text === '') return '';
  const safe = text.replaceAll('*/', '*\\/').replaceAll(/\s+/g, ' ');
  return `${indent}/** ${safe} */\n`;
}
