import { Argument, Command } from 'commander';
import { consoleProgress } from '../src/console/progress';
import { run } from '../src/console/run';
import { SCENARIOS, runScenarios, type ScenarioName } from '../test/e2e/run';

const ALL = Object.keys(SCENARIOS) as ScenarioName[];

const program = new Command('e2e')
  .description(
    'Deploys to a kind cluster, which is made when it is not there, and proves that no fault loses a record.',
  )
  .addArgument(new Argument('[scenarios...]', 'which; all when none is named').choices(ALL))
  .option('--cluster <name>', 'of kind', 'kafka-platform-e2e')
  .option('--keep', 'leave the cluster there afterwards', false)
  .option('--report <directory>', 'for report.json, report.md and what is collected of failures', '.platform/e2e')
  .action(async (scenarios: readonly ScenarioName[], options: { cluster: string; keep: boolean; report: string }) => {
    const ok = await runScenarios({
      clusterName: options.cluster,
      scenarios: scenarios.length === 0 ? ALL : scenarios,
      keep: options.keep,
      directory: options.report,
      progress: consoleProgress(),
    });
    if (!ok) process.exitCode = 1;
  });

run(() => program.parseAsync());
