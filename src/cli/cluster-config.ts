import type { Command } from 'commander';
import { consoleProgress } from '../console/progress';
import { CLIENT_IDS } from '../protocol/client-ids';
import { applyConfig } from '../components/kafka-cluster/cluster-config/apply';
import { formatConfigPlan } from '../components/kafka-cluster/cluster-config/format-plan';
import { readConfigPlan, type ConfigTarget } from '../components/kafka-cluster/cluster-config/read-plan';
import { verifyConfig } from '../components/kafka-cluster/cluster-config/verify';
import { wantedConfig } from '../components/kafka-cluster/cluster-config/wanted';
import { clusterCommand } from './cluster-command';
import { connectionOf } from './connection-of';
import { loadEnvironment } from './load-project';
import { withExample, type TargetOptions } from './options';
import { printPlan, printResult, type ResultOptions } from './print-result';
import { withConsequence } from './with-consequence';

interface Options extends TargetOptions, ResultOptions {
  readonly allowDataLoss?: true;
}

/** `cluster-config plan`, `apply` and `verify`. */
export function clusterConfig(parent: Command): void {
  subcommand(
    parent,
    'plan',
    'Shows settings that were set at run time and win over the configuration, and changes nothing. Exit code 2 when a change is forbidden.',
  ).action(
    withConsequence('nothing was compared', async (options: Options) => {
      const steps = await readConfigPlan(await targetOf(options));
      printPlan(options, steps, formatConfigPlan(steps));
    }),
  );
  subcommand(
    parent,
    'apply',
    'Does what the plan says on the running brokers, then verifies. Settings that are not part of the configuration are left alone.',
  ).action(
    withConsequence('nothing was applied', async (options: Options) => {
      const target = await targetOf(options);
      const { steps, summary } = await consoleProgress().step('settings of the cluster', () => applyConfig(target));
      printResult(options, steps, `applied and verified: ${summary}`);
    }),
  );
  subcommand(
    parent,
    'verify',
    'Compares the settings that brokers use with the configuration. Exit code 1 when they differ.',
  ).action(
    withConsequence('nothing was compared', async (options: Options) => {
      const target = await targetOf(options);
      const differences = await verifyConfig(target);
      const count = Object.keys(target.wanted.settings).length;
      const text = differences.length === 0 ? `verified: ${count} settings` : differences.join('\n');
      printResult(options, differences, text);
      if (differences.length > 0) process.exitCode = 1;
    }),
  );
  withExample(parent, 'cluster-config plan --environment production --bootstrap kafka.example:9092');
}

function subcommand(parent: Command, name: string, description: string): Command {
  const added = clusterCommand(parent, `cluster-config ${name}`, description);
  if (name !== 'verify')
    added.option('--allow-data-loss', 'allow a shorter retention of the cluster, though records are deleted');
  return added;
}

async function targetOf(options: Options): Promise<ConfigTarget> {
  const { config } = await loadEnvironment(options);
  return {
    connection: connectionOf(options, config, CLIENT_IDS.clusterConfig),
    wanted: wantedConfig(config),
    allowDataLoss: options.allowDataLoss ?? false,
  };
}
