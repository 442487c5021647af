import { commandLine } from '../validation/command-line';
import { ConfigError, type Problem } from '../validation/problems';
import { nearestName } from '../validation/nearest-name';
import type { SchemaCatalogue } from '../components/schemas/definition';
import { LOCAL, type PlatformDefinition } from './definition';
import { parseConfig, type Platform } from './load';
import { loadEach } from './load-environments';
import type { PlatformInput } from './schema';

/** A definition, and the file that it was read from. */
export interface Project<Name extends string = string> {
  /** File name in problems: the path relative to the working directory of the command. */
  readonly file: string;
  readonly definition: PlatformDefinition<Name>;
}

export const environmentNames = <Name extends string>({ definition }: Project<Name>): readonly Name[] =>
  Object.keys(definition.environments) as Name[];

/** Names of the environments that are rendered to manifests. */
export const kubernetesEnvironments = <Name extends string>(
  project: Project<Name>,
): readonly Exclude<Name, typeof LOCAL>[] =>
  environmentNames(project).filter((name): name is Exclude<Name, typeof LOCAL> => name !== LOCAL);

/** The file that defines an environment, for messages. */
export const environmentFile = ({ file, definition }: Project, name: string): string =>
  definition.environmentFile?.(name) ?? `${file}, environments.${name}`;

/** The configuration of an environment. @throws {ConfigError} with all of its problems, a cluster id that an earlier one has among them */
export function platformOf<Name extends string>(project: Project<Name>, name: Name): Platform {
  const { environments, topics } = project.definition;
  const file = environmentFile(project, name);
  const shared = sharedClusterId(project, name);
  try {
    const platform = parseConfig(environments[name], file, topics);
    if (shared === undefined) return platform;
  } catch (error) {
    if (shared === undefined || !(error instanceof ConfigError)) throw error;
    throw new ConfigError(error.source, [...error.problems, shared]);
  }
  throw new ConfigError(file, [shared]);
}

/** Of two environments, the later one of the definition has the problem. */
function sharedClusterId(project: Project, name: string): Problem | undefined {
  const names = environmentNames(project);
  const idOf = (environment: string): unknown =>
    (project.definition.environments[environment] as Partial<PlatformInput> | undefined)?.brokers?.clusterId;
  const value = idOf(name);
  const other = names.slice(0, names.indexOf(name)).find((earlier) => idOf(earlier) === value);
  if (value === undefined || other === undefined) return undefined;
  return {
    path: 'brokers.clusterId',
    value,
    message: `the environment ${other} has this id, too; clusters that share an id accept each other’s disks`,
    allowed: 'an id that no other environment has',
    fix: `make one with \`${commandLine('platform new-cluster-id')}\``,
  };
}

/** Loads every environment. @throws {ConfigError} with the problems of all environments */
export const everyPlatform = <Name extends string>(project: Project<Name>): Readonly<Record<Name, Platform>> =>
  loadEach(environmentNames(project), (name) => platformOf(project, name));

/** The schemas to register in an environment's schema registry. */
export const schemasOf = <Name extends string>({ definition }: Project<Name>, name: Name): readonly SchemaCatalogue[] =>
  definition.schemas?.[name] ?? [];

/** The schemas of all environments, each once. */
export const everySchemas = (project: Project): readonly SchemaCatalogue[] => [
  ...new Set(environmentNames(project).flatMap((name) => schemasOf(project, name))),
];

/** The name of an environment on the command line, and the names to choose from. */
export interface Choice {
  /** The name as typed. */
  readonly name: string | undefined;
  /** Name of the option or argument in messages. */
  readonly option: string;
  /** Environments that are accepted. */
  readonly among: readonly string[];
  /** Environment to use if no name was typed and several environments exist. @default local */
  readonly preferred?: string;
  /** Whether one has to be named where there is only one, too. @default false */
  readonly mustBeNamed?: boolean;
}

/**
 * Selects the environment: the one that was named, otherwise the preferred one, otherwise the only one.
 * @throws {ConfigError} when the named environment does not exist, or when no name was given and the choice is
 * ambiguous
 */
export function chosenEnvironment(project: Project, choice: Choice): string {
  const { name, option, among, preferred = LOCAL, mustBeNamed = false } = choice;
  const standard = mustBeNamed
    ? undefined
    : among.includes(preferred)
      ? preferred
      : among.length === 1
        ? among[0]
        : undefined;
  const chosen = name ?? standard;
  if (chosen !== undefined && among.includes(chosen)) return chosen;
  const { file } = project;
  const nearest = name === undefined ? undefined : nearestName(name, among);
  const problem = {
    path: option,
    value: name,
    message: refusal(project, choice),
    allowed: among.length === 0 ? 'none: it has no environment of this kind' : among.join(', '),
    fix: among.length === 0 ? `add one to environments of ${file}` : `name ${nearest ?? 'one of them'}`,
  };
  throw new ConfigError(file, [problem]);
}

function refusal(project: Project, { name, mustBeNamed }: Choice): string {
  if (name === undefined) return mustBeNamed ? 'no environment is named' : 'several environments are possible';
  if (name in project.definition.environments) return 'it runs as processes of one machine, and is not rendered';
  return 'the configuration has no such environment';
}
