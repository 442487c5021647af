import { Command } from 'commander';
import { loadConfig } from '../src/config/load';
import { consoleProgress } from '../src/console/progress';
import { run } from '../src/console/run';
import { runningBootstrap } from '../src/embedded/running';
import { applyTopics } from '../src/topics/apply';
import { formatPlan } from '../src/topics/format-plan';
import { readPlan, type TopicTarget } from '../src/topics/read-plan';
import { verifyTopics } from '../src/topics/verify';
import { bootstrapOption, environmentOption, type TargetOptions } from './options';
import { jsonOption, printResult, type ResultOptions } from './print-result';

interface Options extends TargetOptions, ResultOptions {
  readonly allowPartitionGrowth?: readonly string[];
  readonly delete?: readonly string[];
}

const program = new Command('topics').description('The catalogue (src/topics/catalogue.ts) against a cluster.');

command('plan', 'say what apply would do, and change nothing; exit code 2 when something is forbidden').action(
  async (options: Options) => {
    const steps = await readPlan(targetOf(options));
    printResult(options, steps, formatPlan(steps));
    if (steps.some(({ kind }) => kind === 'forbidden')) process.exitCode = 2;
  },
);

command('apply', 'do what the plan says, then verify; a second run does nothing').action(async (options: Options) => {
  const { steps, summary } = await consoleProgress().step('topics', (onProgress) =>
    applyTopics({ ...targetOf(options), onProgress }),
  );
  printResult(options, steps, `applied and verified: ${summary}`);
});

command('verify', 'exit code 1 unless the cluster is as the catalogue says').action(async (options: Options) => {
  const target = targetOf(options);
  const differences = await verifyTopics(target);
  printResult(
    options,
    differences,
    differences.length === 0 ? `verified: ${target.topics.length} topics` : differences.join('\n'),
  );
  if (differences.length > 0) process.exitCode = 1;
});

run(() => program.parseAsync());

function command(name: string, description: string): Command {
  const added = program
    .command(name)
    .description(description)
    .addOption(environmentOption())
    .addOption(bootstrapOption())
    .addOption(jsonOption());
  if (name === 'verify') return added;
  return added
    .option('--allow-partition-growth <topic...>', 'let keyed topics grow, though keys then move')
    .option('--delete <topic...>', 'delete topics that are not in the catalogue');
}

function targetOf({ environment, bootstrap, allowPartitionGrowth, delete: toDelete }: Options): TopicTarget {
  const config = loadConfig(environment);
  return {
    bootstrap: bootstrap ?? runningBootstrap(config),
    topics: config.topics,
    allow: { partitionGrowth: allowPartitionGrowth ?? [], delete: toDelete ?? [] },
  };
}
