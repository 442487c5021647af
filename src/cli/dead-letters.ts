import type { Command } from 'commander';
import { consoleProgress } from '../console/progress';
import { deadLetterData, deadLetterList, deadLetterCount, planData, planText } from '../dead-letters/format';
import {
  DEFAULT_RATE,
  parseReplay,
  parseSelection,
  type FilterOptions,
  type ReplayOptions,
} from '../dead-letters/parse-options';
import { countOf } from '../dead-letters/plan';
import { applyReplay, readReplayPlan } from '../dead-letters/replay';
import { readDeadLetters } from '../dead-letters/read-dead-letters';
import { CLIENT_IDS } from '../protocol/client-ids';
import { UserError } from '../validation/user-error';
import { connectionOf } from './connection-of';
import { loadEnvironment } from './load-project';
import { bootstrapOption, configOption, environmentOption, withExample, type TargetOptions } from './options';
import { jsonOption, printResult, type ResultOptions } from './print-result';
import { withConsequence } from './with-consequence';

type ListOptions = TargetOptions & ResultOptions & FilterOptions;
type ReplayCommandOptions = ListOptions & ReplayOptions & { readonly apply?: true };

/** `dead-letters list` and `replay`. */
export function deadLetters(parent: Command): void {
  subcommand(parent, 'list', 'Lists the dead letter records of a group, and which of them were replayed.').action(
    withConsequence('nothing was read or written', list),
  );
  subcommand(
    parent,
    'replay',
    'Shows what would be replayed, and writes nothing. With --apply replays it, each record once.',
  )
    .option('--apply', 'write the records')
    .option('--rate <records>', `records a second (default: ${DEFAULT_RATE})`)
    .option(
      '--target <name>',
      'retry: the first retry topic, which only the group reads; source: the topic that the records came from, ' +
        'whose other groups read them again (default: retry where the chain has delays)',
    )
    .action(withConsequence('nothing was read or written', replay));
  withExample(parent, 'dead-letters list --group inventory');
}

async function list(options: ListOptions): Promise<void> {
  const { chains, connect } = await targetOf(options);
  const { chain, filters } = parseSelection(options, chains);
  const partitions = await readDeadLetters({ connection: connect(), chain, filters });
  printResult(options, deadLetterData(partitions), deadLetterList(chain.deadLetterTopic, partitions));
}

async function replay(options: ReplayCommandOptions): Promise<void> {
  const target = await targetOf(options);
  const request = parseReplay(options, target.chains);
  const { config } = target;
  const connection = target.connect();
  const plan = await readReplayPlan({ connection, config, ...request });
  const text = planText(plan);
  if (options.apply !== true) {
    const outcome = `${deadLetterCount(countOf(plan))} to replay; nothing was written, --apply does it`;
    printResult(options, planData(plan, undefined), `${text}\n${outcome}`);
    return;
  }
  const replayed = await consoleProgress().step('dead letters', (note) =>
    applyReplay({
      ...{ connection, plan, rate: request.rate },
      onProgress: (count) => note(`${count} of ${countOf(plan)}`),
    }),
  );
  printResult(options, planData(plan, replayed), `${text}\n${deadLetterCount(replayed)} replayed`);
}

function subcommand(parent: Command, name: string, description: string): Command {
  const added = parent
    .command(name)
    .description(description)
    .option('--group <name>', 'consumer group whose dead letter records are meant')
    .option('--partition <number>', 'only of this partition')
    .option('--from <offset>', 'only from this offset on')
    .option('--to <offset>', 'only up to this offset')
    .option('--key <text>', 'only with this key')
    .option('--error <text>', "only with this in the error's message, in upper or lower case")
    .option('--since <time>', 'only records from this time on: 2026-01-31T12:00:00Z')
    .option('--until <time>', 'only records up to this time')
    .addOption(configOption())
    .addOption(environmentOption())
    .addOption(bootstrapOption())
    .addOption(jsonOption());
  return withExample(added, `dead-letters ${name} --group inventory --error 'no article'`);
}

async function targetOf({ bootstrap, ...options }: TargetOptions) {
  const { project, config } = await loadEnvironment(options);
  const { retryChains = [] } = project.definition;
  if (retryChains.length === 0) {
    throw new UserError(
      `${project.file} names no retry chains, and so no dead letter topics.`,
      'export retryChains in it, with what retryChain returns for each group',
    );
  }
  return { config, chains: retryChains, connect: () => connectionOf({ bootstrap }, config, CLIENT_IDS.deadLetters) };
}
