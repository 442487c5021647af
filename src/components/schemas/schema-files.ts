import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../validation/problems';
import type { SchemaCatalogue, VersionDefinition } from './definition';
import { DefinedTwice, definitionsOf, inlined } from '../../avro/inline-types';
import type { NamedSchema } from './subject-problems';
import type { AvroSchema } from '../../avro/subject';

export const SCHEMA_SUFFIX = '.avsc';

/** Paths of the schemas below a directory, with slashes, from there. */
export const schemasBelow = (directory: string): readonly string[] =>
  existsSync(directory)
    ? readdirSync(directory, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith(SCHEMA_SUFFIX))
        .map((name) => name.replaceAll('\\', '/'))
        .sort()
    : [];

/** The files of a catalogue, each read once. */
export class SchemaFiles {
  readonly names: readonly string[];
  /** Files that define a type used by another file. */
  readonly used = new Set<string>();
  readonly problems: Problem[] = [];
  /** The file that contains the definitions. */
  readonly catalogue: string;
  private readonly directory: string;
  private readonly read = new Map<string, AvroSchema | undefined>();

  constructor({ file, directory }: Pick<SchemaCatalogue, 'file' | 'directory'>) {
    this.catalogue = file;
    this.directory = directory;
    this.names = schemasBelow(directory);
  }

  /** The schema of a version, with the types that it names in other files; nothing, and a problem, when it cannot be had. */
  version(definition: VersionDefinition): NamedSchema | undefined {
    const { file, references } = typeof definition === 'string' ? { file: definition } : definition;
    const schema = this.named(file);
    for (const reference of references ?? []) this.named(reference);
    if (schema === undefined) return undefined;
    const others = (references ?? this.names).filter((name) => name !== file);
    try {
      const own = inlined(schema, definitionsOf(this.readable(others)), ({ source }) => this.used.add(source));
      return { name: file, schema: own };
    } catch (error) {
      if (!(error instanceof DefinedTwice)) throw error;
      this.problems.push(ambiguous(file, error, this));
      return undefined;
    }
  }

  private readable(files: readonly string[]): readonly { readonly source: string; readonly schema: AvroSchema }[] {
    return files.flatMap((source) => {
      const schema = this.contentOf(source);
      return schema === undefined ? [] : [{ source, schema }];
    });
  }

  /** A file named by the catalogue must exist and contain JSON. */
  private named(file: string): AvroSchema | undefined {
    if (!this.names.includes(file)) {
      this.problems.push(missing(file, this));
      return undefined;
    }
    const schema = this.contentOf(file);
    if (schema === undefined) this.problems.push(this.noJson(file));
    return schema;
  }

  private contentOf(file: string): AvroSchema | undefined {
    if (!this.read.has(file)) this.read.set(file, parsed(this.textOf(file)));
    return this.read.get(file);
  }

  private textOf(file: string): string {
    return this.names.includes(file) ? readFileSync(join(this.directory, file), 'utf8') : '';
  }

  private noJson(file: string): Problem {
    const text = this.textOf(file);
    return {
      path: file,
      value: text,
      message: `this is no JSON: ${faultOf(text)}`,
      allowed: 'one Avro schema as JSON',
      fix: 'correct what the message names',
    };
  }
}

const missing = (file: string, { names, catalogue }: SchemaFiles): Problem => ({
  path: file,
  value: undefined,
  message: 'the catalogue names this file, and it is not there',
  allowed: names.length === 0 ? `files that end with ${SCHEMA_SUFFIX}` : names.join(', '),
  fix: `correct its name in ${catalogue}, or write the file`,
});

const ambiguous = (file: string, { type, sources }: DefinedTwice, { catalogue }: SchemaFiles): Problem => ({
  path: file,
  value: type,
  message: `it names ${type}, which ${sources.join(' and ')} define differently`,
  allowed: 'a type that one file defines, or that all define alike',
  fix: `say which is meant in ${catalogue}: { file: '${file}', references: ['${sources[0] ?? ''}'] }`,
});

function parsed(text: string): AvroSchema | undefined {
  try {
    return JSON.parse(text) as AvroSchema;
  } catch {
    return undefined;
  }
}

function faultOf(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
