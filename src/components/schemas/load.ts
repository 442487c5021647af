import { relative } from 'node:path';
import { ConfigError, type Problem } from '../../validation/problems';
import type { SchemaCatalogue, SubjectDefinition, VersionDefinition } from './definition';
import { declaredTypes, TypeNameTaken } from './generate/declared-types';
import { compatibilityProblems } from './compatibility-problems';
import { misplacedFiles } from './misplaced-files';
import { SCHEMA_SUFFIX, SchemaFiles } from './schema-files';
import { subjectProblems, type NamedSchema } from './subject-problems';
import { COMPATIBILITIES, valueSubject, type Subject } from '../../avro/subject';

/**
 * The subjects of a catalogue with the schemas of its files. References to types of other files are inlined.
 * @throws {ConfigError} with the problems of all files
 */
export function loadSubjects(catalogue: SchemaCatalogue): readonly Subject[] {
  const { directory, definitions } = catalogue;
  const files = new SchemaFiles(catalogue);
  const loaded = definitions.map(({ versions }) => versions.map((version) => files.version(version)));
  const found: Problem[] = [
    ...definitionProblems(definitions).map((problem) => ({ ...problem, file: catalogue.file })),
    ...unused(files, catalogue),
    ...misplacedFiles(catalogue),
    ...files.problems,
    ...definitions.flatMap((definition, index) => versionProblems(definition, loaded[index] ?? [])),
  ];
  const subjects = definitions.map(({ topic, compatibility }, index) => ({
    subject: valueSubject(topic),
    compatibility,
    versions: (loaded[index] ?? []).flatMap((version) => (version === undefined ? [] : [version.schema])),
  }));
  const problems = found.length > 0 ? found : sameNames(definitions, subjects);
  if (problems.length > 0) throw new ConfigError(relative('', directory), problems);
  return subjects;
}

/** What is wrong with each version, and between those in which nothing is. */
function versionProblems(
  { topic, compatibility, versions }: SubjectDefinition,
  loaded: readonly (NamedSchema | undefined)[],
): readonly Problem[] {
  const found = subjectProblems(loaded.filter((version) => version !== undefined));
  const isSound = ({ name }: NamedSchema): boolean => !found.some(({ path }) => path.split(' ')[0] === name);
  return [
    ...found,
    ...compatibilityProblems({
      subject: valueSubject(topic),
      compatibility,
      versions: loaded.map((version) => (version !== undefined && isSound(version) ? version.schema : undefined)),
      files: versions.map((version) => (typeof version === 'string' ? version : version.file)),
    }),
  ];
}

function definitionProblems(definitions: readonly SubjectDefinition[]): readonly Problem[] {
  return definitions.flatMap(({ topic, compatibility, versions }, index) => [
    ...when(definitions.findIndex((other) => other.topic === topic) < index, {
      path: topic,
      value: topic,
      message: 'the catalogue has this topic twice',
      allowed: 'one subject for each topic',
      fix: 'put all versions into one of them',
    }),
    ...when(!COMPATIBILITIES.includes(compatibility), {
      path: `${topic} compatibility`,
      value: compatibility,
      message: 'registries have no such level',
      allowed: COMPATIBILITIES.join(', '),
      fix: 'name one of them',
    }),
    ...when(versions.length === 0, {
      path: `${topic} versions`,
      value: versions,
      message: 'a subject begins with its first version',
      allowed: `at least one file that ends with ${SCHEMA_SUFFIX}`,
      fix: 'name its file, or remove the subject',
    }),
  ]);
}

/** Generates the types of all events to find conflicting names. */
function sameNames(definitions: readonly SubjectDefinition[], subjects: readonly Subject[]): readonly Problem[] {
  try {
    declaredTypes(definitions.map(({ topic }, index) => ({ topic, versions: subjects[index]?.versions ?? [] })));
    return [];
  } catch (error) {
    if (!(error instanceof TypeNameTaken)) throw error;
    return [
      {
        path: valueSubject(error.topic),
        value: error.type,
        message: `${error.message}: programs could not tell the types apart`,
        allowed: 'a record that no other topic of the catalogue has by this name',
        fix: 'give the record another name',
      },
    ];
  }
}

/** A schema file that is missing in the catalogue could be mistaken for a registered version. */
function unused(files: SchemaFiles, { file: catalogue, definitions }: SchemaCatalogue): readonly Problem[] {
  const named = new Set(definitions.flatMap(({ versions }) => versions.flatMap(filesOf)));
  return files.names
    .filter((file) => !named.has(file) && !files.used.has(file))
    .map((file) => ({
      path: file,
      value: file,
      message: 'no subject of the catalogue has this file among its versions, and none of them names a type of it',
      allowed: 'files that the catalogue names',
      fix: `enter it in ${catalogue}, or delete it`,
    }));
}

const filesOf = (version: VersionDefinition): readonly string[] =>
  typeof version === 'string' ? [version] : [version.file, ...version.references];

const when = (condition: boolean, problem: Problem): readonly Problem[] => (condition ? [problem] : []);
