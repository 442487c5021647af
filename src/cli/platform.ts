import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { wholeNumberFrom } from '../console/option-parsers';
import { startInBackground, stopPlatform, superviseLocally } from '../local/commands';
import { showLogs, showStatus } from '../local/show';
import { subjectsOf } from '../platform/project-schemas';
import { loadEnvironment } from './load-project';
import { configOption, environmentOption, withExample, type EnvironmentOptions } from './options';
import { selfArguments } from './self';
import { withConsequence } from './with-consequence';

interface LogsOptions extends EnvironmentOptions {
  readonly lines: number;
}

/** `platform start`, `stop`, `status`, `logs` and `new-cluster-id`. */
export function platform(parent: Command): void {
  subcommand(parent, 'start', 'Starts it in the background and waits until it is ready.').action(
    withConsequence('nothing was started', async (options: EnvironmentOptions) => {
      const { project, environment, config } = await loadEnvironment(options);
      const chosen = ['--config', project.file, '--environment', environment];
      await startInBackground(config, selfArguments('platform', 'run', ...chosen));
    }),
  );
  subcommand(parent, 'stop', 'Stops all of its processes.').action(
    withConsequence('nothing was stopped', async (options: EnvironmentOptions) =>
      stopPlatform((await loadEnvironment(options)).config),
    ),
  );
  subcommand(parent, 'status', 'Lists its processes with their addresses. Exit code 1 when one is missing.').action(
    withConsequence('nothing was listed', async (options: EnvironmentOptions) =>
      showStatus((await loadEnvironment(options)).config),
    ),
  );
  subcommand(parent, 'logs', 'Prints the last lines of its logs.')
    .argument('[part]', 'id of a broker, or name of another process, as status lists it')
    .option('-n, --lines <count>', 'lines of each log', wholeNumberFrom(1), 20)
    .action(
      withConsequence('nothing was read', async (part: string | undefined, { lines, ...options }: LogsOptions) =>
        showLogs((await loadEnvironment(options)).config, { part, lines }),
      ),
    );
  parent
    .command('run', { hidden: true })
    .description('Starts it and stays until it is stopped.')
    .addOption(configOption())
    .addOption(environmentOption())
    .action(
      withConsequence('nothing was started', async (options: EnvironmentOptions) => {
        const { project, environment, config } = await loadEnvironment(options);
        await superviseLocally(config, subjectsOf(project, [environment]));
      }),
    );
  const newId = parent
    .command('new-cluster-id')
    .description('Prints a new cluster id for brokers.clusterId.')
    .action(() => console.log(newClusterId()));
  withExample(newId, 'platform new-cluster-id');
  withExample(parent, 'platform start');
}

const subcommand = (parent: Command, name: string, description: string): Command =>
  withExample(
    parent.command(name).description(description).addOption(configOption()).addOption(environmentOption()),
    name === 'logs' ? 'platform logs 0 --lines 50' : `platform ${name}`,
  );

function newClusterId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? newClusterId() : id;
}
