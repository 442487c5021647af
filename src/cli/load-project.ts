import { existsSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkedDefinition } from '../platform/definition';
import type { Platform } from '../platform/load';
import {
  chosenEnvironment,
  environmentNames,
  kubernetesEnvironments,
  platformOf,
  type Choice,
  type Project,
} from '../platform/project';
import { ConfigError } from '../validation/problems';
import { loadFailure } from './load-failure';
import { DEFAULT_FILES, type EnvironmentOptions, type ProjectOptions } from './options';

/** An environment of a definition with all defaults applied. */
export interface Chosen {
  readonly project: Project;
  readonly environment: string;
  readonly config: Platform;
}

/**
 * Loads the definition of a platform.
 * @throws {ConfigError} if the file does not exist or exports no definition
 * @throws {UserError} if the file cannot be loaded
 */
export async function loadProject({ config }: ProjectOptions): Promise<Project> {
  const file = config ?? DEFAULT_FILES.find((each) => existsSync(each)) ?? DEFAULT_FILES[2];
  refuseMissing(file, config);
  // A relative path, because manifests contain it and must be the same on every machine.
  const shown = relative('', resolve(file));
  return { file: shown, definition: checkedDefinition(await defaultExport(file, shown), shown) };
}

/** Loads the selected environment. @throws {ConfigError} with all of its problems, or if it does not exist */
export async function loadEnvironment(options: EnvironmentOptions): Promise<Chosen> {
  const project = await loadProject(options);
  return chosen(project, { name: options.environment, option: '--environment', among: environmentNames(project) });
}

/** Loads an environment that is rendered for Kubernetes. @throws {ConfigError} like {@link loadEnvironment} */
export async function loadKubernetesEnvironment(
  options: ProjectOptions,
  choice: Omit<Choice, 'among'>,
): Promise<Chosen> {
  const project = await loadProject(options);
  return chosen(project, { ...choice, among: kubernetesEnvironments(project) });
}

function chosen(project: Project, choice: Choice): Chosen {
  const environment = chosenEnvironment(project, choice);
  return { project, environment, config: platformOf(project, environment) };
}

const MODULE = /\.[cm]?[jt]s$/;

function refuseMissing(file: string, named: string | undefined): void {
  const message = wrongWith(file);
  if (message === undefined) return;
  const problem = {
    path: '--config',
    value: named,
    message: `${resolve(file)} ${message}`,
    allowed: `a TypeScript or JavaScript module whose default export is a definition; without the option ${DEFAULT_FILES.join(', ')}`,
    fix:
      named === undefined
        ? 'run the command where the definition is, or name its file with --config'
        : 'correct the path, which counts from the current directory',
  };
  throw new ConfigError('the command line', [problem]);
}

function wrongWith(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return 'does not exist';
  if (!found.isFile()) return 'is no file';
  return MODULE.test(file) ? undefined : 'is no module: its name ends with none of .js, .mjs, .cjs, .ts, .mts, .cts';
}

async function defaultExport(file: string, shown: string): Promise<unknown> {
  let loaded: { readonly default?: unknown };
  // A module that awaits a promise that never settles would end the process silently with exit code 0.
  const refuseUnsettled = (): void => {
    console.error(`\n${shown} never finishes loading: it awaits something that does not come.`);
    process.exitCode = 1;
  };
  process.once('beforeExit', refuseUnsettled);
  try {
    loaded = (await import(pathToFileURL(resolve(file)).href)) as typeof loaded;
  } catch (error) {
    throw loadFailure(shown, error);
  } finally {
    process.off('beforeExit', refuseUnsettled);
  }
  const exported = loaded.default;
  // Node.js provides the exports of any CommonJS module as the default export.
  return isCompiled(exported) ? exported.default : exported;
}

const isCompiled = (exported: unknown): exported is { readonly default?: unknown } =>
  typeof exported === 'object' && exported !== null && '__esModule' in exported;
