import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ConfigError, type Problem } from '../config/problems';
import { schemaCatalogue, type SubjectDefinition } from './catalogue';
import { subjectProblems, type NamedSchema } from './subject-problems';
import { COMPATIBILITIES, valueSubject, type AvroSchema, type Subject } from './subject';

const SUFFIX = '.avsc';

interface LoadProps {
  /** Where the files are. @default `avro` beside this module, which a bundle does not have: it is given subjects as JSON */
  readonly directory?: string;
  /** @default the catalogue */
  readonly definitions?: readonly SubjectDefinition[];
}

/**
 * The subjects of a catalogue with the schemas that its files hold.
 * @throws {ConfigError} with the problems of all files
 */
export function loadSubjects({
  directory = join(__dirname, 'avro'),
  definitions = schemaCatalogue,
}: LoadProps = {}): readonly Subject[] {
  const files = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith(SUFFIX)) : [];
  const problems: Problem[] = [...definitionProblems(definitions), ...unused(files, definitions)];
  const subjects = definitions.map(({ topic, compatibility, versions }) => {
    const schemas = versions.flatMap((file) => readSchema({ directory, file, files }, problems));
    problems.push(...subjectProblems(schemas));
    return { subject: valueSubject(topic), compatibility, versions: schemas.map(({ schema }) => schema) };
  });
  if (problems.length > 0) {
    throw new ConfigError(relative('', directory), problems, 'nothing was compared or registered');
  }
  return subjects;
}

interface Source {
  readonly directory: string;
  readonly file: string;
  readonly files: readonly string[];
}

function readSchema({ directory, file, files }: Source, problems: Problem[]): readonly NamedSchema[] {
  if (!files.includes(file)) {
    problems.push({
      path: file,
      value: undefined,
      message: 'the catalogue names this file, and it is not there',
      allowed: files.length === 0 ? `a file of ${directory}` : files.join(', '),
      fix: 'correct its name in src/schemas/catalogue.ts, or write the file',
    });
    return [];
  }
  const text = readFileSync(join(directory, file), 'utf8');
  try {
    return [{ name: file, schema: JSON.parse(text) as AvroSchema }];
  } catch (error) {
    problems.push({
      path: file,
      value: text,
      message: `this is no JSON: ${(error as Error).message}`,
      allowed: 'one Avro schema as JSON',
      fix: 'mend what the message names',
    });
    return [];
  }
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
      allowed: `at least one file that ends with ${SUFFIX}`,
      fix: 'name its file, or remove the subject',
    }),
  ]);
}

/** A new version that nobody entered would pass for registered. */
function unused(files: readonly string[], definitions: readonly SubjectDefinition[]): readonly Problem[] {
  const named = new Set(definitions.flatMap(({ versions }) => versions));
  return files
    .filter((file) => !named.has(file))
    .map((file) => ({
      path: file,
      value: file,
      message: 'no subject of the catalogue has this file among its versions',
      allowed: 'files that the catalogue names',
      fix: 'enter it in src/schemas/catalogue.ts, or delete it',
    }));
}

const when = (condition: boolean, problem: Problem): readonly Problem[] => (condition ? [problem] : []);
