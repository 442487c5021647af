import { Argument } from 'commander';
import { consoleProgress } from '../src/console/progress';
import { ProgramCommand } from '../src/console/program-command';
import { run } from '../src/console/run';
import { allScenarios, runScenarios, type Scenarios } from '../tools/e2e/run';

/** Those that are named, in this order; all when none is. */
const chosen = (all: Scenarios, names: readonly string[]): Scenarios =>
  names.length === 0
    ? all
    : Object.fromEntries(names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));

const programOf = (all: Scenarios): ProgramCommand =>
  new ProgramCommand('e2e')
    .description(
      'Deploys to a kind cluster, which is created when there is none, and verifies that no fault loses a record.',
    )
    .addArgument(new Argument('[scenarios...]', 'which; all when none is named').choices(Object.keys(all)))
    .option('--cluster <name>', 'of kind', 'kafka-platform-e2e')
    .option('--keep', 'leave the cluster there afterwards', false)
    .option('--report <directory>', 'for report.json, report.md and what is collected of failures', '.platform/e2e')
    .action(async (names: readonly string[], options: { cluster: string; keep: boolean; report: string }) => {
      const ok = await runScenarios({
        clusterName: options.cluster,
        scenarios: chosen(all, names),
        keep: options.keep,
        directory: options.report,
        progress: consoleProgress(),
      });
      if (!ok) process.exitCode = 1;
    });

run(async () => programOf(await allScenarios()).parseAsync());
