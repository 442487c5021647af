import type { Command } from 'commander';
import { localClientFile } from '../local/security/client-file';
import { runningLayout } from '../local/running';
import { StateDirectory } from '../local/state';
import { usersOf } from '../platform/users';
import { nearestName, nearestWords } from '../validation/nearest-name';
import { UserError } from '../validation/user-error';
import { loadEnvironment } from './load-project';
import { configOption, environmentOption, withExample, type EnvironmentOptions } from './options';
import { requireUsers } from './require-users';
import { withConsequence } from './with-consequence';

interface Options extends EnvironmentOptions {
  readonly admin?: true;
}

/** `users client`. */
export function usersClient(parent: Command): void {
  const command = parent
    .command('client')
    .description(
      'Writes a properties file with which Kafka’s own tools connect (--command-config, --producer.config, --consumer.config). Only you may read it. Of the local platform that runs.',
    )
    .argument('[user]', 'user of the configuration, of a component or of an application')
    .option('--admin', 'an administrator, who may do everything, in place of a user')
    .addOption(configOption())
    .addOption(environmentOption())
    .action(withConsequence('nothing was written', write));
  withExample(command, 'users client billing');
}

async function write(user: string | undefined, options: Options): Promise<void> {
  const { config } = await loadEnvironment(options);
  requireUsers(config);
  if ((user === undefined) === (options.admin === undefined))
    throw new UserError('Name either a user or --admin.', 'users client billing, or users client --admin');
  const names = usersOf(config).map(({ name }) => name);
  if (user !== undefined && !names.includes(user))
    throw new UserError(
      `There is no user ${user}${nearestWords(nearestName(user, names))}; there are ${names.join(', ')}.`,
      'name one of them, or add it to users',
    );
  const cluster = { config, layout: runningLayout(config), directory: new StateDirectory(config) };
  const { file, servers } = localClientFile(cluster, user);
  console.log(`written: ${file}\nbootstrap servers: ${servers.join(',')}`);
}
