import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { loadConfig } from '../src/config/load';
import { consoleProgress } from '../src/console/progress';
import { run } from '../src/console/run';
import { runningBootstrap, runningServices } from '../src/embedded/running';
import { loadSubjects } from '../src/schemas/load';
import { formatVerdict, smokeTest, verdictJson } from '../src/smoke/smoke-test';
import { bootstrapOption, environmentOption, type TargetOptions } from './options';

const program = new Command('smoke')
  .description('Proves, record by record, that a running cluster keeps its promises. Exit code 1 when it does not.')
  .addOption(environmentOption())
  .addOption(bootstrapOption())
  .option('--json <file>', 'write the verdict as JSON as well')
  .action(async ({ environment, bootstrap, json }: TargetOptions & { json?: string }) => {
    const config = loadConfig(environment);
    const verdict = await smokeTest({
      config,
      bootstrap: bootstrap ?? runningBootstrap(config),
      progress: consoleProgress(),
      // What stands around another cluster is not known here.
      services: bootstrap === undefined ? runningServices(config) : {},
      subjects: loadSubjects(),
    });
    console.log(formatVerdict(verdict));
    if (json !== undefined) writeFileSync(json, `${verdictJson(verdict)}\n`);
    if (!verdict.ok) process.exitCode = 1;
  });

run(() => program.parseAsync());
