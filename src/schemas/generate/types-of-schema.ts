import type { AvroSchema } from '../subject';

/** As the serde reads and writes them; a `long` beyond 2^52 is refused by both. */
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

/** What the number is a count of. */
const UNITS: Readonly<Record<string, string>> = {
  date: 'Days since 1970.',
  'time-millis': 'Milliseconds since midnight.',
  'time-micros': 'Microseconds since midnight.',
  'timestamp-millis': 'Milliseconds since 1970.',
  'timestamp-micros': 'Microseconds since 1970.',
};

interface Declaration {
  readonly name: string;
  readonly text: string;
}

type Attributes = Readonly<Record<string, unknown>>;

/**
 * The declarations of a schema and of the types within it; their names end with the version.
 * @throws when two types within have the same name, for namespaces are not part of it
 */
export function typesOfSchema(schema: AvroSchema, version: number): readonly Declaration[] {
  const declared = new Map<string, string>();
  const declare = (attributes: Attributes, body: () => string): string => {
    const name = nameOf(String(attributes['name']), version);
    if (declared.has(name)) throw new Error(`two types of one schema would both be ${name}; rename one`);
    declared.set(name, '');
    declared.set(name, docstring([attributes['doc']], '') + body());
    return name;
  };
  const typeOf = (part: unknown): string => {
    if (Array.isArray(part)) return unionOf(part.map(typeOf));
    if (typeof part === 'string') return PRIMITIVES[part] ?? nameOf(part, version);
    const attributes = part as Attributes;
    switch (attributes['type']) {
      case 'record':
        return declare(attributes, () => recordText(attributes, version, typeOf));
      case 'enum':
        return declare(attributes, () => enumText(attributes, version));
      case 'fixed':
        return 'Buffer';
      case 'array':
        return arrayOf(typeOf(attributes['items']));
      case 'map':
        return `Readonly<Record<string, ${typeOf(attributes['values'])}>>`;
      default:
        return typeOf(attributes['type']);
    }
  };
  typeOf(schema);
  return [...declared].map(([name, text]) => ({ name, text }));
}

function recordText(attributes: Attributes, version: number, typeOf: (part: unknown) => string): string {
  const fields = (attributes['fields'] as readonly Attributes[]).map(({ name, doc, type }) => {
    const { logicalType } = (typeof type === 'object' && type !== null ? type : {}) as { logicalType?: string };
    return `${docstring([doc, UNITS[logicalType ?? '']], '  ')}  readonly ${String(name)}: ${typeOf(type)};\n`;
  });
  return `export interface ${nameOf(String(attributes['name']), version)} {\n${fields.join('')}}`;
}

function enumText(attributes: Attributes, version: number): string {
  const symbols = (attributes['symbols'] as readonly string[]).map((symbol) => JSON.stringify(symbol));
  return `export type ${nameOf(String(attributes['name']), version)} = ${symbols.join(' | ')};`;
}

/** `null` last, as it is written by hand. */
const unionOf = (types: readonly string[]): string =>
  [...types.filter((type) => type !== 'null'), ...types.filter((type) => type === 'null')].join(' | ');

const arrayOf = (item: string): string => `readonly ${item.includes(' ') ? `(${item})` : item}[]`;

const nameOf = (fullName: string, version: number): string => `${fullName.split('.').at(-1) ?? fullName}V${version}`;

function docstring(sentences: readonly unknown[], indent: string): string {
  const text = sentences.filter((sentence) => typeof sentence === 'string').join(' ');
  if (text === '') return '';
  const safe = text.replaceAll('*/', '*\\/').replaceAll(/\s+/g, ' ');
  return `${indent}/** ${safe} */\n`;
}
