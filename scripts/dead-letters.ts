import { Command } from 'commander';
import { loadConfig } from '../src/config/load';
import { consoleProgress } from '../src/console/progress';
import { run } from '../src/console/run';
import { groups } from '../src/dead-letters/chains';
import { letterData, letterList, lettersOf, planData, planText } from '../src/dead-letters/format';
import {
  DEFAULT_RATE,
  parseReplay,
  parseSelection,
  type FilterOptions,
  type ReplayOptions,
} from '../src/dead-letters/parse-options';
import { countOf } from '../src/dead-letters/plan';
import { applyReplay, readReplayPlan } from '../src/dead-letters/replay';
import { survey } from '../src/dead-letters/survey';
import { runningBootstrap } from '../src/embedded/running';
import { bootstrapOption, environmentOption, type TargetOptions } from './options';
import { jsonOption, printResult, type ResultOptions } from './print-result';

type ListOptions = TargetOptions & ResultOptions & FilterOptions;

const program = new Command('dead-letters').description('Looks at what groups could not handle, and replays it.');

command('list', 'show the letters, and which were replayed').action(async (options: ListOptions) => {
  const { chain, filters } = parseSelection(options);
  const surveys = await survey({ bootstrap: targetOf(options).bootstrap, chain, filters });
  printResult(options, letterData(surveys), letterList(chain.deadLetterTopic, surveys));
});

command('replay', 'say what would be replayed, and write nothing; with --apply replay it, each letter once')
  .option('--apply', 'do it')
  .option('--rate <records>', `records a second (default: ${DEFAULT_RATE})`)
  .option(
    '--target <name>',
    "retry: the chain's first retry topic, which only the group reads; source: the topic where the records stood first, " +
      'whose other groups then read them again (default: retry where the chain has delays)',
  )
  .action(async (options: ListOptions & ReplayOptions & { readonly apply?: true }) => {
    const request = parseReplay(options);
    const { bootstrap, config } = targetOf(options);
    const plan = await readReplayPlan({ bootstrap, config, ...request });
    const text = planText(plan);
    if (options.apply !== true) {
      const outcome = `${lettersOf(countOf(plan))} to replay; nothing was written, --apply does it`;
      printResult(options, planData(plan, undefined), `${text}\n${outcome}`);
      return;
    }
    const replayed = await consoleProgress().step('dead letters', (note) =>
      applyReplay({
        ...{ bootstrap, plan, rate: request.rate },
        onProgress: (count) => note(`${count} of ${countOf(plan)}`),
      }),
    );
    printResult(options, planData(plan, replayed), `${text}\n${lettersOf(replayed)} replayed`);
  });

run(() => program.parseAsync());

function command(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--group <name>', `whose dead letters: ${groups.join(', ')}`)
    .option('--partition <number>', 'only of this partition')
    .option('--from <offset>', 'only from this offset on')
    .option('--to <offset>', 'only up to this offset')
    .option('--key <text>', 'only with this key')
    .option('--error <text>', "only with this in the error's message, in upper or lower case")
    .option('--since <time>', 'only records from this time on: 2026-01-31T12:00:00Z')
    .option('--until <time>', 'only records up to this time')
    .addOption(environmentOption())
    .addOption(bootstrapOption())
    .addOption(jsonOption());
}

function targetOf({ environment, bootstrap }: TargetOptions) {
  const config = loadConfig(environment);
  return { config, bootstrap: bootstrap ?? runningBootstrap(config) };
}
