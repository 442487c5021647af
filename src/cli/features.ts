import type { Command } from 'commander';
import { consoleProgress } from '../console/progress';
import { CLIENT_IDS } from '../protocol/client-ids';
import { applyFeatures } from '../components/kafka-cluster/features/apply';
import { formatFeaturePlan } from '../components/kafka-cluster/features/format-plan';
import { readFeaturePlan } from '../components/kafka-cluster/features/read-plan';
import { featureTarget, type FeatureTarget } from '../components/kafka-cluster/features/target';
import { verifyFeatures } from '../components/kafka-cluster/features/verify';
import { clusterCommand } from './cluster-command';
import { connectionOf } from './connection-of';
import { loadEnvironment } from './load-project';
import { withExample, type TargetOptions } from './options';
import { printPlan, printResult, type ResultOptions } from './print-result';
import { withConsequence } from './with-consequence';

interface Options extends TargetOptions, ResultOptions {
  readonly irreversible?: true;
}

/** `features plan`, `apply` and `verify`. */
export function features(parent: Command): void {
  subcommand(
    parent,
    'plan',
    'Shows the levels in use, what apply would change and what cannot be undone, and changes nothing. Exit code 2 when a change is forbidden.',
  ).action(
    withConsequence('nothing was compared', async (options: Options) => {
      const report = await readFeaturePlan(await targetOf(options));
      printPlan(options, report.steps, formatFeaturePlan(report));
    }),
  );
  subcommand(
    parent,
    'apply',
    'Sets brokers.metadataVersion and the levels of brokers.features, and no other level. A second run changes nothing.',
  )
    .option('--irreversible', 'make changes that cannot be undone, too: metadata.version and kraft.version')
    .action(
      withConsequence('nothing was applied', async (options: Options) => {
        const target = await targetOf(options);
        const { steps, summary } = await consoleProgress().step('features', () =>
          applyFeatures({ ...target, irreversible: options.irreversible ?? false }),
        );
        printResult(options, steps, `applied and verified: ${summary}`);
      }),
    );
  subcommand(
    parent,
    'verify',
    'Compares the levels in use with the configuration. Exit code 1 when they differ.',
  ).action(
    withConsequence('nothing was compared', async (options: Options) => {
      const target = await targetOf(options);
      const differences = await verifyFeatures(target);
      const count = Object.keys(target.wanted).length;
      const text = differences.length === 0 ? `verified: ${count} features` : differences.join('\n');
      printResult(options, differences, text);
      if (differences.length > 0) process.exitCode = 1;
    }),
  );
  withExample(parent, 'features plan --environment production --bootstrap kafka.example:9092');
}

const subcommand = (parent: Command, name: string, description: string): Command =>
  clusterCommand(parent, `features ${name}`, description);

async function targetOf(options: Options): Promise<FeatureTarget> {
  const { config } = await loadEnvironment(options);
  return featureTarget(config, connectionOf(options, config, CLIENT_IDS.features));
}
