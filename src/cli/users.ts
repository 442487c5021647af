import type { Command } from 'commander';
import { applyUsers } from '../components/users/apply';
import { formatUserPlan } from '../components/users/format-plan';
import { readUserPlan } from '../components/users/read-plan';
import type { UserTarget } from '../components/users/target';
import { verifyUsers } from '../components/users/verify';
import { consoleProgress } from '../console/progress';
import { runningLayout } from '../local/running';
import { localUserTarget } from '../local/security/users';
import { StateDirectory } from '../local/state';
import { loadEnvironment } from './load-project';
import { configOption, environmentOption, withExample, type EnvironmentOptions } from './options';
import { requireUsers } from './require-users';
import { usersClient } from './users-client';
import { jsonOption, printPlan, printResult, type ResultOptions } from './print-result';
import { withConsequence } from './with-consequence';

interface Options extends EnvironmentOptions, ResultOptions {
  readonly allowRemoval?: readonly string[];
}

/** `users plan`, `apply`, `verify` and `client`. */
export function users(parent: Command): void {
  subcommand(
    parent,
    'plan',
    'Shows what apply would do, and changes nothing. Each password is tried. Exit code 2 when a change is forbidden.',
  ).action(
    withConsequence('nothing was compared', async (options: Options) => {
      const steps = await readUserPlan(await targetOf(options));
      printPlan(options, steps, formatUserPlan(steps));
    }),
  );
  subcommand(parent, 'apply', 'Does what the plan says, then verifies. A second run changes nothing.').action(
    withConsequence('nothing was applied', async (options: Options) => {
      const target = await targetOf(options);
      const { steps, summary } = await consoleProgress().step('users', (onProgress) =>
        applyUsers({ ...target, onProgress }),
      );
      printResult(options, steps, `applied and verified: ${summary}`);
    }),
  );
  subcommand(parent, 'verify', 'Compares the cluster with the configuration. Exit code 1 when they differ.').action(
    withConsequence('nothing was compared', async (options: Options) => {
      const target = await targetOf(options);
      const { differences, untried } = await verifyUsers(target);
      const verified = `verified: ${target.users.length} users`;
      const rest = untried.length === 0 ? '' : `; passwords not tried: ${untried.join(', ')}`;
      printResult(options, differences, differences.length === 0 ? `${verified}${rest}` : differences.join('\n'));
      if (differences.length > 0) process.exitCode = 1;
    }),
  );
  usersClient(parent);
  withExample(parent, 'users plan');
}

function subcommand(parent: Command, name: string, description: string): Command {
  const added = parent
    .command(name)
    .description(`${description} Of the local platform that runs.`)
    .addOption(configOption())
    .addOption(environmentOption())
    .addOption(jsonOption());
  if (name !== 'verify')
    added.option(
      '--allow-removal <user...>',
      'remove users that the configuration does not have, with passwords, ACLs and quotas',
    );
  return withExample(added, `users ${name}`);
}

async function targetOf(options: Options): Promise<UserTarget> {
  const { config } = await loadEnvironment(options);
  requireUsers(config);
  const cluster = { config, layout: runningLayout(config), directory: new StateDirectory(config) };
  return localUserTarget(cluster, { removal: options.allowRemoval ?? [] });
}
