import { Argument } from 'commander';
import { consoleProgress } from '../src/console/progress';
import { ProgramCommand } from '../src/console/program-command';
import { run } from '../src/console/run';
import { allScenarios, runScenarios, usualScenarios, type Scenarios } from '../tools/e2e/run';

interface Options {
  readonly all: boolean;
  readonly cluster: string;
  readonly keep: boolean;
  readonly report: string;
}

/** Those that are named, in this order; when none is, the usual ones, or all. */
async function chosen(names: readonly string[], isAll: boolean): Promise<Scenarios> {
  const all = await allScenarios();
  if (names.length === 0) return isAll ? all : usualScenarios();
  return Object.fromEntries(names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));
}

const programOf = (all: Scenarios): ProgramCommand =>
  new ProgramCommand('e2e')
    .description(
      'Deploys to a kind cluster, which is created when there is none, and verifies that no fault loses a record.',
    )
    .addArgument(new Argument('[scenarios...]', 'which; the usual ones when none is named').choices(Object.keys(all)))
    .option('--all', 'also those that take long, or whose fault another scenario covers', false)
    .option('--cluster <name>', 'of kind', 'kafka-platform-e2e')
    .option('--keep', 'leave the cluster there afterwards', false)
    .option('--report <directory>', 'for report.json, report.md and what is collected of failures', '.platform/e2e')
    .action(async (names: readonly string[], options: Options) => {
      const ok = await runScenarios({
        clusterName: options.cluster,
        scenarios: await chosen(names, options.all),
        keep: options.keep,
        directory: options.report,
        progress: consoleProgress(),
      });
      if (!ok) process.exitCode = 1;
    });

run(async () => programOf(await allScenarios()).parseAsync());
