import type { FieldNode, NamedNode, SchemaNode, SchemaTree } from './schema-tree';

/** A reason why records of the writer's schema cannot be read with the reader's schema; `path` leads to the field. */
export type Mismatch =
  | { readonly kind: 'missingField'; readonly path: string }
  | { readonly kind: 'ambiguousField'; readonly path: string; readonly candidates: readonly string[] }
  | {
      readonly kind: 'missingSymbols';
      readonly path: string;
      readonly name: string;
      readonly symbols: readonly string[];
    }
  | { readonly kind: 'type'; readonly path: string; readonly reader: string; readonly writer: string };

/** Types as which a writer's primitive type may also be read. */
const PROMOTIONS: Readonly<Record<string, readonly string[]>> = {
  int: ['long', 'float', 'double'],
  long: ['float', 'double'],
  float: ['double'],
  string: ['bytes'],
  bytes: ['string'],
};

/** The named types of both schemas. */
interface Names {
  readonly readerNames: SchemaTree['named'];
  readonly writerNames: SchemaTree['named'];
}

interface Place extends Names {
  readonly path: string;
  /** Pairs of records whose comparison is in progress; ends the recursion of recursive types. */
  readonly open: readonly string[];
}

/**
 * Avro's schema resolution, returning all reasons why it fails. Different logical types are a mismatch as well: Avro
 * would read the bytes, but interpret microseconds as milliseconds.
 */
export const mismatches = (reader: SchemaTree, writer: SchemaTree): readonly Mismatch[] =>
  compare(reader.root, writer.root, { path: '', readerNames: reader.named, writerNames: writer.named, open: [] });

function compare(readerNode: SchemaNode, writerNode: SchemaNode, at: Place): readonly Mismatch[] {
  const reader = dereferenced(readerNode, at.readerNames);
  const writer = dereferenced(writerNode, at.writerNames);
  if (writer.kind === 'union') return fromUnion(reader, writer, at);
  if (reader.kind === 'union') return intoUnion(reader, writer, at);
  const differs = typeMismatch(reader, writer, at);
  if (reader.kind === 'primitive' && writer.kind === 'primitive') {
    const reads = reader.type === writer.type || PROMOTIONS[writer.type]?.includes(reader.type) === true;
    return reads && sameLogical(reader, writer) ? [] : differs;
  }
  if (reader.kind === 'array' && writer.kind === 'array') {
    return compare(reader.items, writer.items, { ...at, path: `${at.path}[]` });
  }
  if (reader.kind === 'map' && writer.kind === 'map') {
    return compare(reader.values, writer.values, { ...at, path: `${at.path}{}` });
  }
  if (!isNamed(reader) || !isNamed(writer) || !goesByName(reader, writer)) return differs;
  if (reader.kind === 'record' && writer.kind === 'record') return compareRecords(reader, writer, at);
  if (reader.kind === 'enum' && writer.kind === 'enum') return compareEnums(reader, writer, at);
  if (reader.kind === 'fixed' && writer.kind === 'fixed') {
    return reader.size === writer.size && sameLogical(reader, writer) ? [] : differs;
  }
  return differs;
}

export type NodeOf<Kind extends SchemaNode['kind']> = Extract<SchemaNode, { readonly kind: Kind }>;

/** Every branch may have been written, so all must be readable. */
function fromUnion(reader: SchemaNode, writer: NodeOf<'union'>, at: Place): readonly Mismatch[] {
  const found = writer.branches.flatMap((branch) => compare(reader, branch, at));
  const within = found.filter(({ kind, path }) => kind !== 'type' || path !== at.path);
  return within.length === found.length ? within : [...typeMismatch(reader, writer, at), ...within];
}

/**
 * One branch that can read the type is sufficient. If there is none, the branch with the same name gives the reason.
 */
function intoUnion(reader: NodeOf<'union'>, writer: SchemaNode, at: Place): readonly Mismatch[] {
  const attempts = attemptsOf(reader, writer, at);
  if (attempts.some(({ found }) => found.length === 0)) return [];
  const meant = attempts.find(({ isMeant }) => isMeant);
  return meant?.found ?? typeMismatch(reader, writer, at);
}

interface Attempt {
  readonly found: readonly Mismatch[];
  /** Whether the branch has the writer's name. */
  readonly isMeant: boolean;
}

const attemptsOf = (reader: NodeOf<'union'>, writer: SchemaNode, at: Place): readonly Attempt[] =>
  reader.branches.map((branch) => ({
    found: compare(branch, writer, at),
    isMeant: nameOf(dereferenced(branch, at.readerNames)) === nameOf(writer),
  }));

/**
 * Index of the branch of the reader's union that reads the writer's type: the branch of the same name, otherwise the
 * first that can read it. -1 if there is none.
 */
export function branchFor(reader: NodeOf<'union'>, writer: SchemaNode, names: Names): number {
  const at = { ...names, path: '', open: [] };
  const attempts = attemptsOf(reader, dereferenced(writer, names.writerNames), at);
  const meant = attempts.findIndex(({ found, isMeant }) => isMeant && found.length === 0);
  return meant >= 0 ? meant : attempts.findIndex(({ found }) => found.length === 0);
}

function compareRecords(reader: NodeOf<'record'>, writer: NodeOf<'record'>, at: Place): readonly Mismatch[] {
  const pair = `${reader.name} ${writer.name}`;
  if (at.open.includes(pair)) return [];
  return reader.fields.flatMap((field): readonly Mismatch[] => {
    const path = at.path === '' ? field.name : `${at.path}.${field.name}`;
    const [source, ...others] = sourcesOf(field, writer.fields);
    if (others.length > 0) return [{ kind: 'ambiguousField', path, candidates: [field.name, ...field.aliases] }];
    if (source !== undefined) return compare(field.type, source.type, { ...at, path, open: [...at.open, pair] });
    return 'default' in field ? [] : [{ kind: 'missingField', path }];
  });
}

export const sourcesOf = (field: FieldNode, written: readonly FieldNode[]): readonly FieldNode[] =>
  written.filter(({ name }) => name === field.name || field.aliases.includes(name));

function compareEnums(reader: NodeOf<'enum'>, writer: NodeOf<'enum'>, { path }: Place): readonly Mismatch[] {
  const symbols = writer.symbols.filter((symbol) => !reader.symbols.includes(symbol));
  if (symbols.length === 0 || 'default' in reader) return [];
  return [{ kind: 'missingSymbols', path, name: reader.name, symbols }];
}

const goesByName = (reader: NamedNode, writer: NamedNode): boolean =>
  reader.name === writer.name || reader.aliases.includes(writer.name);

/** If only one of the types has a logical type, it documents a meaning that both share. */
const sameLogical = (a: { readonly logical?: string }, b: { readonly logical?: string }): boolean =>
  a.logical === undefined || b.logical === undefined || a.logical === b.logical;

export function dereferenced(node: SchemaNode, named: SchemaTree['named']): SchemaNode {
  return node.kind === 'reference' ? (named.get(node.name) ?? node) : node;
}

const isNamed = (node: SchemaNode): node is NamedNode => ['record', 'enum', 'fixed'].includes(node.kind);

const typeMismatch = (reader: SchemaNode, writer: SchemaNode, { path }: Place): readonly Mismatch[] => [
  { kind: 'type', path, reader: describe(reader), writer: describe(writer) },
];

const nameOf = (node: SchemaNode): string =>
  node.kind === 'primitive' ? node.type : 'name' in node ? node.name : node.kind;

/**
 * A short description of a type: `null | string`, `array of long (timestamp-millis)`, `record
 * platform.orders.OrderLine`.
 */
function describe(node: SchemaNode): string {
  const logical = 'logical' in node && node.logical !== undefined ? ` (${node.logical})` : '';
  switch (node.kind) {
    case 'primitive':
      return `${node.type}${logical}`;
    case 'reference':
      return node.name;
    case 'record':
    case 'enum':
      return `${node.kind} ${node.name}`;
    case 'fixed':
      return `fixed ${node.name} of ${node.size} bytes${logical}`;
    case 'array':
      return `array of ${describe(node.items)}`;
    case 'map':
      return `map of ${describe(node.values)}`;
    case 'union':
      return node.branches.map(describe).join(' | ');
  }
}
