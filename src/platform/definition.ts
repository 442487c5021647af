import { z } from 'zod';
import type { TopicCatalogue } from '../components/topics/topic-place';
import type { SchemaCatalogue } from '../components/schemas/definition';
import { COMPATIBILITIES } from '../avro/subject';
import { nearestName } from '../validation/nearest-name';
import { ConfigError, type Problem } from '../validation/problems';
import { allowedAt, namesAt } from '../validation/schema-words';
import type { DeclaredChain } from './declared-chain';
import type { PlatformInput } from './schema';

/** Name of the environment that runs as local processes. All other environments are rendered for Kubernetes. */
export const LOCAL = 'local' as const;

/** Default directory of the manifests; it has one subdirectory per environment. */
export const MANIFESTS = 'manifests';

/** The platform that the commands operate on: the default export of the file named by `--config`. */
export interface PlatformDefinition<Name extends string = string> {
  /** Configurations by environment name. `local` runs as local processes; all others are rendered for Kubernetes. */
  readonly environments: Readonly<Record<Name, PlatformInput>>;
  /**
   * File of an environment, as shown in problems and manifests. @default the configuration file and
   * `environments.<name>`
   */
  readonly environmentFile?: (name: string) => string;
  /** Topics that environments import from separate files. @default problems name the environment that has the topic */
  readonly topics?: readonly TopicCatalogue[];
  /**
   * Retry chains, made by `retryChain`, whose dead letter records the command `dead-letters` lists and replays.
   * @default none
   */
  readonly retryChains?: readonly DeclaredChain[];
  /** Avro schemas registered in the schema registry, by environment name. @default none */
  readonly schemas?: Readonly<Partial<Record<NoInfer<Name>, readonly SchemaCatalogue[]>>>;
  /**
   * Directory whose manifests `start` keeps up to date. @default `start` renders none; `synth` and `deploy` use
   * `manifests`
   */
  readonly manifests?: string;
}

/** Types a definition. The commands validate it when they load it. */
export const definePlatform = <const Name extends string>(
  definition: PlatformDefinition<Name>,
): PlatformDefinition<Name> => definition;

/** Environment names become part of paths, which limits their characters. */
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

const text = (allowed: string) => z.string().min(1).meta({ allowed });
const list = (allowed: string) => z.array(z.unknown()).meta({ allowed });

const topicsSchema = z
  .strictObject({ file: text('the path of a file'), topics: list('a list of topics') })
  .meta({ allowed: '{ file, topics }' });

const versionSchema = z
  .union([z.string(), z.strictObject({ file: z.string(), references: z.array(z.string()) })])
  .meta({ allowed: 'the name of a file, or { file, references }' });

const subjectSchema = z
  .strictObject({
    topic: text('the name of a topic'),
    compatibility: text(COMPATIBILITIES.join(', ')),
    versions: z.array(versionSchema).meta({ allowed: 'a list of files, oldest first' }),
  })
  .meta({ allowed: '{ topic, compatibility, versions }' });

const catalogueSchema = z
  .strictObject({
    file: text('the path of a file'),
    directory: text('the path of a directory'),
    definitions: z.array(subjectSchema).meta({ allowed: 'a list of subjects: { topic, compatibility, versions }' }),
  })
  .meta({ allowed: '{ file, directory, definitions }' });

const definitionSchema = z
  .strictObject({
    environments: z
      .record(z.string(), z.unknown())
      .meta({ allowed: 'an object of configurations by name, at least one' }),
    environmentFile: z
      .unknown()
      .refine((value) => typeof value === 'function', 'Invalid input: expected function')
      .meta({ allowed: 'a function from the name of an environment to its file' })
      .optional(),
    topics: z.array(topicsSchema).meta({ allowed: 'a list of { file, topics }' }).optional(),
    retryChains: z
      .array(z.looseObject({ topic: z.string(), group: z.string(), deadLetterTopic: z.string() }))
      .meta({ allowed: 'a list of what retryChain returns' })
      .optional(),
    schemas: z
      .record(z.string(), z.array(catalogueSchema).meta({ allowed: 'a list of { file, directory, definitions }' }))
      .meta({
        allowed: 'an object of lists by the names of environments: { local: [{ file, directory, definitions }] }',
      })
      .optional(),
    manifests: text('the path of a directory').optional(),
  })
  .superRefine(refuseNames, { when: ({ value }) => isRecord(value) && isRecord(value['environments']) });

interface Named {
  readonly environments: object;
  readonly schemas?: object | undefined;
}

function refuseNames({ environments, schemas }: Named, context: z.RefinementCtx): void {
  const names = Object.keys(environments);
  const refuse = (path: readonly string[], message: string, allowed: string) =>
    context.addIssue({ code: 'custom', path: [...path], message, params: { allowed } });
  if (names.length === 0) refuse(['environments'], 'there is no environment', 'at least one configuration');
  for (const name of names.filter((each) => !NAME.test(each))) {
    const message = 'manifests are written to a directory of this name';
    refuse(['environments', name], message, 'a name of lower-case letters, digits and hyphens');
  }
  // A list is reported as a separate problem.
  if (!isRecord(schemas) || Array.isArray(schemas)) return;
  for (const name of Object.keys(schemas).filter((each) => !names.includes(each)))
    refuse(['schemas', name], 'schemas are listed by environment, and there is none of this name', names.join(', '));
}

/**
 * Checks the form of a definition. Each environment is checked when it is loaded.
 * @param file name of the file in problems
 * @throws {ConfigError} with all problems
 */
export function checkedDefinition(exported: unknown, file: string): PlatformDefinition {
  const { error } = definitionSchema.safeParse(exported);
  if (error === undefined) return exported as PlatformDefinition;
  throw new ConfigError(
    file,
    error.issues.flatMap((issue) => problems(issue, exported)),
  );
}

function problems(issue: z.core.$ZodIssue, exported: unknown): readonly Problem[] {
  const at = issue.path;
  const allowed = allowedAt(definitionSchema, at);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const nearest = nearestName(key, namesAt(definitionSchema, at));
      return {
        path: place([...at, key]),
        value: valueAt(exported, [...at, key]),
        message: 'a definition has nothing of this name',
        allowed,
        fix: nearest === undefined ? 'correct the name or remove it' : `write ${nearest}, or remove it`,
      };
    });
  }
  const own = issue.code === 'custom' ? (issue.params?.['allowed'] as string | undefined) : undefined;
  const path = place(at);
  const fix = at.length === 0 ? 'export default definePlatform({ environments: { … } })' : `write it as allowed`;
  return [{ path, value: valueAt(exported, at), message: issue.message, allowed: own ?? allowed, fix }];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const place = (path: readonly PropertyKey[]): string => (path.length === 0 ? 'default export' : path.join('.'));

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (isRecord(inner) ? Reflect.get(inner, key) : undefined), value);
