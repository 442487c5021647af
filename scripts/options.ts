import { InvalidArgumentError, Option } from 'commander';
import { environments, type EnvironmentName } from '../src/config/environments';

/** Options of commands that work on a cluster. */
export interface TargetOptions {
  readonly environment: EnvironmentName;
  readonly bootstrap?: readonly string[];
}

export const environmentOption = (): Option =>
  new Option('--environment <name>', 'whose configuration counts').choices(Object.keys(environments)).default('local');

export const bootstrapOption = (): Option =>
  new Option('--bootstrap <servers>', 'host:port,... of the cluster (default: the local platform that runs)').argParser(
    servers,
  );

function servers(text: string): readonly string[] {
  const all = text.split(',').map((server) => server.trim());
  const wrong = all.filter((server) => !/^[^\s:]+:\d{1,5}$/.test(server));
  if (wrong.length > 0)
    throw new InvalidArgumentError(`'${wrong.join(', ')}' is no host:port; for example 127.0.0.1:9092`);
  return all;
}
