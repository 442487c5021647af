import { InvalidArgumentError, Option, type Command } from 'commander';
import { parseServerAddress } from '../protocol/server-address';
import { commandLine } from '../validation/command-line';

/**
 * Files that are searched for a definition if `--config` is not given. JavaScript comes first, because TypeScript may
 * have been compiled in place.
 */
export const DEFAULT_FILES = ['platform/index.js', 'platform/index.mjs', 'platform/index.ts'] as const;

/** Options of commands that need a definition. */
export interface ProjectOptions {
  readonly config?: string;
}

/** Options of commands that use one environment. */
export interface EnvironmentOptions extends ProjectOptions {
  readonly environment?: string;
}

/** Options of commands that access a cluster. */
export interface TargetOptions extends EnvironmentOptions {
  readonly bootstrap?: readonly string[];
  readonly context?: string;
}

export const configOption = (): Option =>
  new Option('--config <file>', `definition of the platform (default: ${DEFAULT_FILES.join(', else ')})`);

export const environmentOption = (): Option =>
  new Option('--environment <name>', 'environment whose configuration is used (default: local, else the only one)');

export const bootstrapOption = (): Option =>
  new Option('--bootstrap <servers>', 'host:port,... of the cluster (default: the local platform that runs)').argParser(
    servers,
  );

export const contextOption = (): Option =>
  new Option(
    '--context <name>',
    'context of kubectl: the pods of the environment are reached by forwarded ports',
  ).conflicts('bootstrap');

/** Appends an example to the help of a command. */
export const withExample = (command: Command, words: string): Command =>
  command.addHelpText('after', `\nExample: ${commandLine(words)}`);

function servers(text: string): readonly string[] {
  const all = text.split(',').map((server) => server.trim());
  const wrong = all.filter((server) => parseServerAddress(server) === undefined);
  if (wrong.length > 0)
    throw new InvalidArgumentError(
      `'${wrong.join(', ')}' is no host:port; allowed: a host and a port from 1 to 65535, such as 127.0.0.1:9092.`,
    );
  return all;
}
