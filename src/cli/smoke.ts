import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { formatVerdict, verdictJson } from '../components/smoke-test/smoke-test';
import { resultFile } from '../console/option-parsers';
import { consoleProgress } from '../console/progress';
import { runningScrapes, runningServices } from '../local/running';
import { subjectsOf } from '../platform/project-schemas';
import { smokeTest } from '../platform/smoke-test';
import { CLIENT_IDS } from '../protocol/client-ids';
import { connectionOf } from './connection-of';
import { loadEnvironment } from './load-project';
import { bootstrapOption, configOption, environmentOption, withExample, type TargetOptions } from './options';
import { withConsequence } from './with-consequence';

interface Options extends TargetOptions {
  readonly json?: string;
}

export function smoke(command: Command): void {
  command
    .addOption(configOption())
    .addOption(environmentOption())
    .addOption(bootstrapOption())
    .option('--json <file>', 'write the verdict as JSON as well', resultFile)
    .action(withConsequence('nothing was tested', prove));
  withExample(command, 'smoke --bootstrap 127.0.0.1:9092 --json verdict.json');
}

async function prove({ bootstrap, json, ...options }: Options): Promise<void> {
  const { project, environment, config } = await loadEnvironment(options);
  const subjects = subjectsOf(project, [environment]);
  const verdict = await smokeTest({
    config,
    connection: connectionOf({ bootstrap }, config, CLIENT_IDS.smoke),
    progress: consoleProgress(),
    // Only the local platform's other processes are known here.
    ...(bootstrap === undefined && { services: runningServices(config), scrapes: runningScrapes(config) }),
    subjects,
  });
  console.log(formatVerdict(verdict));
  if (json !== undefined) writeFileSync(json, `${verdictJson(verdict)}\n`);
  if (!verdict.ok) process.exitCode = 1;
}
