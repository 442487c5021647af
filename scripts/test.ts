import { spawnSync } from 'node:child_process';
import { Argument } from 'commander';
import { ProgramCommand } from '../src/console/program-command';
import { elapsed } from '../src/console/progress';
import { run } from '../src/console/run';
import { testSuites } from './test-suites';

const JEST = 'node_modules/.bin/jest';

const { unit, integration, slow } = testSuites();

/** A failed test may leave clients behind, which would keep the process running. */
const ON_BROKERS = ['--maxWorkers=2', '--forceExit'];

const STAGES = {
  lint: { title: 'lint', command: 'npm', args: ['run', '--silent', 'lint'] },
  unit: {
    title: `unit and manifests, ${unit.length} suites`,
    command: JEST,
    args: ['--selectProjects', 'unit', 'manifests', '--maxWorkers=2', '--runTestsByPath', ...unit],
  },
  integration: {
    title: `integration on real brokers, ${integration.length} suites`,
    command: JEST,
    args: ['--selectProjects', 'integration', ...ON_BROKERS, '--runTestsByPath', ...integration],
  },
  slow: {
    title: `slow suites, ${slow.length} of them`,
    command: JEST,
    args: ['--selectProjects', 'manifests', 'integration', ...ON_BROKERS, '--runTestsByPath', ...slow],
  },
} as const;

type StageName = keyof typeof STAGES;

/** A stage that takes longer is considered hanging: it is stopped and counts as failed. */
const STAGE_MS = 45 * 60_000;

/** Runs the stages that are named, in this order. */
function runStages(names: readonly StageName[]): void {
  const started = Date.now();
  let failures = 0;
  console.log(`Stages: ${names.map((name) => STAGES[name].title).join('; ')}`);
  for (const [index, name] of names.entries()) {
    const { title, command, args } = STAGES[name];
    const begin = Date.now();
    console.log(`\n== ${index + 1} of ${names.length}: ${title}`);
    const { status } = spawnSync(command, args, { stdio: 'inherit', timeout: STAGE_MS, killSignal: 'SIGKILL' });
    if (status !== 0) failures += 1;
    console.log(`== ${title}: ${status === 0 ? 'passed' : 'FAILED'} in ${elapsed(begin)}`);
  }
  console.log(`\n${names.length - failures} stages passed, ${failures} failed in ${elapsed(started)}`);
  process.exitCode = failures === 0 ? 0 : 1;
}

const program = new ProgramCommand('test')
  .description('Runs stages of the tests, one after the other. Exit code 1 when one of them fails.')
  .addArgument(new Argument('<stages...>', 'which').choices(Object.keys(STAGES)))
  .action(runStages);

run(() => program.parseAsync());
