import { ignoredLogicalType } from './logical-types';
import type { AvroSchema } from './subject';

const PRIMITIVES = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'];

export const isPrimitive = (name: string): boolean => PRIMITIVES.includes(name);

export interface FieldNode {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly type: SchemaNode;
  /** Undefined if there is no default; null is a valid default. */
  readonly default?: unknown;
}

interface Named<Kind extends string> {
  readonly kind: Kind;
  readonly name: string;
  readonly aliases: readonly string[];
}

export type NamedNode =
  | (Named<'record'> & { readonly fields: readonly FieldNode[] })
  | (Named<'enum'> & { readonly symbols: readonly string[]; readonly default?: unknown })
  | (Named<'fixed'> & { readonly size: number; readonly logical?: string });

/** A type. Names are full names; a name that was defined before becomes a reference. */
export type SchemaNode =
  | NamedNode
  | { readonly kind: 'primitive'; readonly type: string; readonly logical?: string }
  | { readonly kind: 'reference'; readonly name: string }
  | { readonly kind: 'array'; readonly items: SchemaNode }
  | { readonly kind: 'map'; readonly values: SchemaNode }
  | { readonly kind: 'union'; readonly branches: readonly SchemaNode[] };

export interface SchemaTree {
  readonly root: SchemaNode;
  readonly named: ReadonlyMap<string, NamedNode>;
}

type Attributes = Readonly<Record<string, unknown>>;

/** Properties that only one kind of named type has. */
type Body<Node> = Node extends NamedNode ? Omit<Node, 'name' | 'aliases'> : never;

interface Scope {
  readonly namespace: string;
  /** Full names, added at the start of a definition, because a type may refer to itself. */
  readonly declared: Set<string>;
  readonly named: Map<string, NamedNode>;
}

/**
 * The meaning of a schema for readers and writers: Avro's parsing canonical form plus defaults, aliases and valid
 * logical types. Notation, order of attributes, docs, sort orders and unknown attributes are omitted.
 */
export function schemaTree(schema: AvroSchema): SchemaTree {
  const named = new Map<string, NamedNode>();
  return { root: nodeOf(schema, { namespace: '', declared: new Set(), named }), named };
}

/** Whether two schemas have the same meaning. */
export const sameSchema = (a: AvroSchema, b: AvroSchema): boolean =>
  JSON.stringify(schemaTree(a).root) === JSON.stringify(schemaTree(b).root);

function nodeOf(schema: unknown, scope: Scope): SchemaNode {
  if (Array.isArray(schema)) return { kind: 'union', branches: schema.map((branch) => nodeOf(branch, scope)) };
  if (typeof schema !== 'object' || schema === null) {
    const name = String(schema);
    if (isPrimitive(name)) return { kind: 'primitive', type: name };
    return { kind: 'reference', name: referredName(name, scope) };
  }
  const attributes = schema as Attributes;
  switch (attributes['type']) {
    case 'record':
    case 'error':
    case 'enum':
    case 'fixed':
      return namedNode(attributes, scope);
    case 'array':
      return { kind: 'array', items: nodeOf(attributes['items'], scope) };
    case 'map':
      return { kind: 'map', values: nodeOf(attributes['values'], scope) };
    default: {
      const inner = nodeOf(attributes['type'], scope);
      return inner.kind === 'primitive' ? { ...inner, ...logicalOf(attributes) } : inner;
    }
  }
}

function namedNode(attributes: Attributes, scope: Scope): NamedNode {
  const name = fullName(String(attributes['name']), textOr(attributes['namespace'], scope.namespace));
  const namespace = name.slice(0, Math.max(0, name.lastIndexOf('.')));
  scope.declared.add(name);
  const aliases = textsOf(attributes['aliases']).map((alias) => fullName(alias, namespace));
  const node: NamedNode = { name, aliases: aliases.sort(), ...body(attributes, { ...scope, namespace }) };
  scope.named.set(name, node);
  return node;
}

function body(attributes: Attributes, scope: Scope): Body<NamedNode> {
  switch (attributes['type']) {
    case 'enum':
      return { kind: 'enum', symbols: textsOf(attributes['symbols']), ...defaultOf(attributes) };
    case 'fixed':
      return { kind: 'fixed', size: Number(attributes['size']), ...logicalOf(attributes) };
    default: {
      const fields = (attributes['fields'] ?? []) as readonly Attributes[];
      return { kind: 'record', fields: fields.map((field) => fieldNode(field, scope)) };
    }
  }
}

const fieldNode = (field: Attributes, scope: Scope): FieldNode => ({
  name: String(field['name']),
  aliases: textsOf(field['aliases']).sort(),
  type: nodeOf(field['type'], scope),
  ...defaultOf(field),
});

const defaultOf = (attributes: Attributes): { readonly default?: unknown } =>
  'default' in attributes ? { default: sortedKeys(attributes['default']) } : {};

/** `timestamp-millis`, `decimal(10, 2)`; undefined for a logical type that readers ignore. */
function logicalOf(attributes: Attributes): { readonly logical?: string } {
  const { logicalType, precision, scale } = attributes as { logicalType?: string; precision?: number; scale?: number };
  if (logicalType === undefined || ignoredLogicalType(attributes) !== undefined) return {};
  return { logical: precision === undefined ? logicalType : `${logicalType}(${precision}, ${scale ?? 0})` };
}

/**
 * A name without a namespace refers to the enclosing namespace; without an enclosing namespace, to a name without
 * namespace.
 */
function referredName(name: string, { namespace, declared }: Scope): string {
  const qualified = fullName(name, namespace);
  return !declared.has(qualified) && declared.has(name) ? name : qualified;
}

const fullName = (name: string, namespace: string): string =>
  name.includes('.') || namespace === '' ? name : `${namespace}.${name}`;

const textOr = (value: unknown, other: string): string => (typeof value === 'string' ? value : other);

const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortedKeys(inner)]));
}
