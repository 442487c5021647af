import { UserError } from '../validation/user-error';
import { DefinedTwice, definitionsOf, inlined, outlined, type Definitions } from '../avro/inline-types';
import type { AvroSchema } from '../avro/subject';

/** A reference of a schema: the version of a subject that defines a type. */
export interface SchemaReference {
  /** Full name of the type. */
  readonly name: string;
  readonly subject: string;
  readonly version: number;
}

/** A schema in a response of the registry. */
export interface SchemaAnswer {
  /** Text of the schema. */
  readonly schema: string;
  /** Omitted for Avro. */
  readonly schemaType?: string;
  /** Omitted if there are none. */
  readonly references?: readonly SchemaReference[];
}

/** A reference cannot be resolved: the registry does not have it, or the types conflict. It may be registered later. */
export class UnresolvedReference extends UserError {}

/** Requests a version of a subject; undefined if the registry does not have it. */
type Ask = (subject: string, version: number) => Promise<SchemaAnswer | undefined>;

/**
 * The schema of a response with all references inlined. References may be circular.
 * @param title name of the schema in messages
 * @throws {UnresolvedReference} if a reference is missing
 */
export async function resolvedSchema(answer: SchemaAnswer, title: string, ask: Ask): Promise<AvroSchema> {
  const schema = schemaOf(answer.schema);
  if (answer.references === undefined || answer.references.length === 0) return schema;
  const definitions = await referred(answer.references, title, ask);
  try {
    return inlined(schema, definitions);
  } catch (error) {
    if (!(error instanceof DefinedTwice)) throw error;
    throw new UnresolvedReference(`${title} cannot be put together: ${error.message}.`, 'let it refer to one of them');
  }
}

/** A schema for registration: its text and its references. */
export interface ReferringSchema {
  readonly schema: string;
  readonly references: readonly SchemaReference[];
}

/**
 * Replaces definitions in a schema by those references that define the same types.
 * @throws {UnresolvedReference} if a reference of the references is missing
 */
export async function referringSchema(
  schema: AvroSchema,
  references: readonly SchemaReference[],
  ask: Ask,
): Promise<ReferringSchema> {
  const definitions = await referred(references, 'the version before', ask);
  const names = references.map(({ name }) => name);
  const short = outlined(schema, definitions, names);
  return {
    schema: JSON.stringify(short.schema),
    references: references.filter(({ name }) => short.names.includes(name)),
  };
}

/** All definitions that the references lead to, directly and indirectly. */
async function referred(references: readonly SchemaReference[], title: string, ask: Ask): Promise<Definitions> {
  const found = new Map<string, { readonly source: string; readonly schema: AvroSchema }>();
  await collect({ references, title, ask }, found);
  return definitionsOf([...found.values()]);
}

interface Collecting {
  readonly references: readonly SchemaReference[];
  readonly title: string;
  readonly ask: Ask;
}

async function collect(
  { references, title, ask }: Collecting,
  found: Map<string, { readonly source: string; readonly schema: AvroSchema }>,
): Promise<void> {
  for (const { name, subject, version } of references) {
    const source = `${subject} version ${version}`;
    if (found.has(source)) continue;
    const answer = await ask(subject, version);
    const isAvro = (answer?.schemaType ?? 'AVRO') === 'AVRO';
    if (answer === undefined || !isAvro) {
      const why = isAvro ? 'which the registry does not have' : `which is ${String(answer?.schemaType)}, not Avro`;
      throw new UnresolvedReference(`${title} refers to ${name} in ${source}, ${why}.`, `register ${source}`);
    }
    // Stored before its own references are followed, because references may be circular.
    found.set(source, { source, schema: schemaOf(answer.schema) });
    await collect({ references: answer.references ?? [], title: source, ask }, found);
  }
}

/** Registries also accept the bare name of a primitive type. */
function schemaOf(text: string): AvroSchema {
  try {
    return JSON.parse(text) as AvroSchema;
  } catch {
    return text;
  }
}
