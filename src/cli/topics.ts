import type { Command } from 'commander';
import { consoleProgress } from '../console/progress';
import { CLIENT_IDS } from '../protocol/client-ids';
import { applyTopics } from '../components/topics/apply';
import { formatPlan } from '../components/topics/format-plan';
import { readPlan, type TopicTarget } from '../components/topics/read-plan';
import { topicTarget } from '../components/kafka-cluster/topic-target';
import { verifyTopics } from '../components/topics/verify';
import { clusterCommand } from './cluster-command';
import { connectionOf } from './connection-of';
import { loadEnvironment } from './load-project';
import { withExample, type TargetOptions } from './options';
import { printPlan, printResult, type ResultOptions } from './print-result';
import { withConsequence } from './with-consequence';

interface Options extends TargetOptions, ResultOptions {
  readonly allowPartitionGrowth?: readonly string[];
  readonly delete?: readonly string[];
  readonly allowDataLoss?: readonly string[];
}

/** `topics plan`, `apply` and `verify`. */
export function topics(parent: Command): void {
  subcommand(
    parent,
    'plan',
    'Shows what apply would do, and changes nothing. Exit code 2 when a change is forbidden.',
  ).action(
    withConsequence('nothing was compared', async (options: Options) => {
      const steps = await readPlan(await targetOf(options));
      printPlan(options, steps, formatPlan(steps));
    }),
  );
  subcommand(parent, 'apply', 'Does what the plan says, then verifies. A second run changes nothing.').action(
    withConsequence('nothing was applied', async (options: Options) => {
      const target = await targetOf(options);
      const { steps, summary } = await consoleProgress().step('topics', (onProgress) =>
        applyTopics({ ...target, onProgress }),
      );
      printResult(options, steps, `applied and verified: ${summary}`);
    }),
  );
  subcommand(parent, 'verify', 'Compares the cluster with the configuration. Exit code 1 when they differ.').action(
    withConsequence('nothing was compared', async (options: Options) => {
      const target = await targetOf(options);
      const differences = await verifyTopics(target);
      const text = differences.length === 0 ? `verified: ${target.topics.length} topics` : differences.join('\n');
      printResult(options, differences, text);
      if (differences.length > 0) process.exitCode = 1;
    }),
  );
  withExample(parent, 'topics plan --environment production --bootstrap kafka.example:9092');
}

function subcommand(parent: Command, name: string, description: string): Command {
  const added = clusterCommand(parent, `topics ${name}`, description);
  if (name !== 'verify')
    added
      .option('--allow-partition-growth <topic...>', 'allow more partitions for keyed topics, though keys then move')
      .option('--delete <topic...>', 'delete topics that the configuration does not have')
      .option(
        '--allow-data-loss <topic...>',
        'allow settings to go back to those of the brokers, though records are deleted',
      );
  return added;
}

async function targetOf(options: Options): Promise<TopicTarget> {
  const { config } = await loadEnvironment(options);
  return {
    ...topicTarget(config, connectionOf(options, config, CLIENT_IDS.topics)),
    allow: {
      partitionGrowth: options.allowPartitionGrowth ?? [],
      delete: options.delete ?? [],
      dataLoss: options.allowDataLoss ?? [],
    },
  };
}
