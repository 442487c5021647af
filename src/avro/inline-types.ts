import { isPrimitive, sameSchema } from './schema-tree';
import type { AvroSchema } from './subject';

type Attributes = Readonly<Record<string, unknown>>;

/** A named type and its source. */
export interface Definition {
  /** A file, or a version of a subject. */
  readonly source: string;
  readonly schema: Attributes;
  /** The enclosing namespace. */
  readonly namespace: string;
}

/** Definitions by full name; several entries if the definitions differ. */
export type Definitions = ReadonlyMap<string, readonly Definition[]>;

/** Several schemas define a name differently. */
export class DefinedTwice extends Error {
  constructor(
    readonly type: string,
    readonly sources: readonly string[],
  ) {
    super(`${type} is defined by ${sources.join(' and by ')}, and not alike`);
  }
}

/** The named types that the schemas define. */
export function definitionsOf(
  schemas: readonly { readonly source: string; readonly schema: AvroSchema }[],
): Definitions {
  const found = new Map<string, Definition[]>();
  for (const { source, schema } of schemas)
    walkNamed(schema, '', (name, definition, namespace) => {
      const known = found.get(name) ?? [];
      if (known.some((each) => JSON.stringify(each.schema) === JSON.stringify(definition))) return;
      found.set(name, [...known, { source, schema: definition, namespace }]);
    });
  return found;
}

/**
 * Makes a schema self-contained: each name that the schema does not define is replaced by its definition at the first
 * use. Unknown names are left as they are.
 * @param onUse called with each definition that was inserted
 * @throws {DefinedTwice} if a name has several definitions
 */
export function inlined(
  schema: AvroSchema,
  definitions: Definitions,
  onUse: (definition: Definition) => void = () => undefined,
): AvroSchema {
  const own = new Set<string>();
  walkNamed(schema, '', (name) => own.add(name));
  return new Inlining({ own, definitions, onUse }).of(schema, { namespace: '', isForeign: false }) as AvroSchema;
}

/**
 * The inverse of `inlined`: definitions that equal those of the given names are replaced by the names.
 * @returns the schema and the replaced names
 */
export function outlined(
  schema: AvroSchema,
  definitions: Definitions,
  names: readonly string[],
): { readonly schema: AvroSchema; readonly names: readonly string[] } {
  const own = definitionsOf([{ source: 'own', schema }]);
  const alike = names.filter((name) => {
    const [mine, theirs] = [standAlone(name, own), standAlone(name, definitions)];
    return mine !== undefined && theirs !== undefined && sameSchema(mine, theirs);
  });
  const without = (part: unknown, namespace: string): unknown => {
    if (Array.isArray(part)) return part.map((branch) => without(branch, namespace));
    if (typeof part !== 'object' || part === null) return part;
    const attributes = part as Attributes;
    const full = isNamed(attributes) ? nameOf(attributes, namespace) : undefined;
    if (full !== undefined && alike.includes(full)) return full;
    const within = full === undefined ? namespace : namespaceOf(full);
    const { fields } = attributes;
    const inner = ['type', 'items', 'values'].map((key) => [key, without(attributes[key], within)] as const);
    const typed = Array.isArray(fields) ? { fields: fields.map((field: unknown) => without(field, within)) } : {};
    return { ...attributes, ...Object.fromEntries(inner.filter(([key]) => key in attributes)), ...typed };
  };
  return { schema: without(schema, '') as AvroSchema, names: alike };
}

/** A definition with all definitions that it refers to. */
function standAlone(name: string, definitions: Definitions): AvroSchema | undefined {
  return definitions.has(name) ? inlined(name, definitions) : undefined;
}

interface Sources {
  /** Names that the schema itself defines. */
  readonly own: ReadonlySet<string>;
  readonly definitions: Definitions;
  readonly onUse: (definition: Definition) => void;
}

interface Place {
  readonly namespace: string;
  /** Whether the current place is within an inserted definition. */
  readonly isForeign: boolean;
}

class Inlining {
  private readonly defined = new Set<string>();

  constructor(private readonly sources: Sources) {}

  of(part: unknown, place: Place): unknown {
    if (Array.isArray(part)) return part.map((branch) => this.of(branch, place));
    if (typeof part === 'string') return isPrimitive(part) ? part : this.ofName(part, place);
    if (typeof part !== 'object' || part === null) return part;
    const attributes = part as Attributes;
    if (isNamed(attributes)) return this.ofNamed(attributes, place);
    const inner = ['type', 'items', 'values'].filter((key) => key in attributes && !isKind(attributes[key]));
    return { ...attributes, ...Object.fromEntries(inner.map((key) => [key, this.of(attributes[key], place)])) };
  }

  private ofName(name: string, { namespace }: Place): unknown {
    const { own, definitions, onUse } = this.sources;
    for (const full of [fullName(name, namespace), name]) {
      if (own.has(full) || this.defined.has(full)) return name;
      const [definition, ...others] = definitions.get(full) ?? [];
      if (definition === undefined) continue;
      if (others.length > 0)
        throw new DefinedTwice(
          full,
          [definition, ...others].map(({ source }) => source),
        );
      onUse(definition);
      return this.ofNamed(definition.schema, { namespace: definition.namespace, isForeign: true });
    }
    return name;
  }

  private ofNamed(attributes: Attributes, { namespace, isForeign }: Place): unknown {
    const full = nameOf(attributes, namespace);
    // Two inserted definitions may refer to the same third one.
    if (isForeign && this.defined.has(full)) return full;
    this.defined.add(full);
    const place = { namespace: namespaceOf(full), isForeign };
    const { fields } = attributes;
    // Inserted with its full name, because the enclosing namespace differs here.
    const head = isForeign ? { ...attributes, name: full, namespace: place.namespace } : attributes;
    if (!Array.isArray(fields)) return head;
    const typed = (fields as readonly Attributes[]).map((field) =>
      typeof field === 'object' && 'type' in field ? { ...field, type: this.of(field['type'], place) } : field,
    );
    return { ...head, fields: typed };
  }
}

type Visit = (name: string, definition: Attributes, namespace: string) => void;

function walkNamed(part: unknown, namespace: string, visit: Visit): void {
  if (Array.isArray(part)) for (const branch of part) walkNamed(branch, namespace, visit);
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return;
  const attributes = part as Attributes;
  if (!isNamed(attributes)) {
    for (const key of ['type', 'items', 'values']) walkNamed(attributes[key], namespace, visit);
    return;
  }
  const full = nameOf(attributes, namespace);
  visit(full, attributes, namespace);
  const { fields } = attributes;
  for (const field of Array.isArray(fields) ? (fields as readonly (Attributes | null)[]) : [])
    walkNamed(field?.['type'], namespaceOf(full), visit);
}

const KINDS = ['record', 'error', 'enum', 'fixed'];

const isNamed = ({ type, name }: Attributes): boolean => KINDS.includes(type as string) && typeof name === 'string';

/** `{ "type": "array" }` does not refer to a named type. */
const isKind = (type: unknown): boolean => [...KINDS, 'array', 'map'].includes(type as string);

const nameOf = ({ name, namespace }: Attributes, around: string): string =>
  fullName(String(name), typeof namespace === 'string' ? namespace : around);

const fullName = (name: string, namespace: string): string =>
  name.includes('.') || namespace === '' ? name : `${namespace}.${name}`;

const namespaceOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('.')));
