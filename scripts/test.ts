import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Argument } from 'commander';
import { ProgramCommand } from '../src/console/program-command';
import { elapsed } from '../src/console/progress';
import { run } from '../src/console/run';
import { failedSuites } from './failed-suites';
import { passesAsGroup } from './process-group';
import { testSuites } from './test-suites';

const JEST = 'node_modules/.bin/jest';

const { unit, integration, slow, copies } = testSuites();

/** A failed test may leave clients behind, which would keep the process running. */
const ON_BROKERS = ['--forceExit'];

const WORKERS = 2;

interface Stage {
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Suites of Jest, which are named behind the arguments. */
  readonly suites?: readonly string[];
  /** Suites that fail are run once more, one at a time: processes share the machine, and time is part of what they test. */
  readonly isRepeated?: boolean;
}

const STAGES = {
  lint: { title: 'lint', command: 'npm', args: ['run', '--silent', 'lint'] },
  unit: {
    title: `unit and manifests, ${unit.length} suites`,
    command: JEST,
    args: ['--selectProjects', 'unit', 'manifests'],
    suites: unit,
  },
  integration: {
    title: `integration on real brokers, ${integration.length} suites`,
    command: JEST,
    args: ['--selectProjects', 'integration', ...ON_BROKERS],
    suites: integration,
    isRepeated: true,
  },
  slow: {
    title: `slow suites, ${slow.length} of them`,
    command: JEST,
    args: ['--selectProjects', 'manifests', 'integration', ...ON_BROKERS],
    suites: slow,
    isRepeated: true,
  },
  copies: {
    title: `pages of the documentation in copies of the project, ${copies.length} suites`,
    command: JEST,
    args: ['--selectProjects', 'manifests', 'integration', ...ON_BROKERS],
    suites: copies,
    isRepeated: true,
  },
} as const satisfies Record<string, Stage>;

type StageName = keyof typeof STAGES;

/** A stage that takes longer is considered hanging: it is stopped and counts as failed. */
const STAGE_MS = 45 * 60_000;

/** Runs the stages that are named, in this order. */
async function runStages(names: readonly StageName[]): Promise<void> {
  const started = Date.now();
  let failures = 0;
  const unstable: string[] = [];
  console.log(`Stages: ${names.map((name) => STAGES[name].title).join('; ')}`);
  for (const [index, name] of names.entries()) {
    const { title } = STAGES[name];
    const begin = Date.now();
    console.log(`\n== ${index + 1} of ${names.length}: ${title}`);
    const outcome = await runStage(STAGES[name]);
    if (!outcome.passed) failures += 1;
    unstable.push(...outcome.unstable);
    console.log(`== ${title}: ${outcome.passed ? 'passed' : 'FAILED'} in ${elapsed(begin)}`);
  }
  for (const suite of unstable) console.log(`UNSTABLE: ${suite} failed, and passed when it was run again alone`);
  console.log(`\n${names.length - failures} stages passed, ${failures} failed in ${elapsed(started)}`);
  process.exitCode = failures === 0 ? 0 : 1;
}

interface StageOutcome {
  readonly passed: boolean;
  /** Suites that failed and then passed. */
  readonly unstable: readonly string[];
}

async function runStage(stage: Stage): Promise<StageOutcome> {
  const directory = mkdtempSync(join(tmpdir(), 'test-stage-'));
  const results = join(directory, 'results.json');
  try {
    if (await hasPassed(stage, { results, workers: WORKERS })) return { passed: true, unstable: [] };
    const failed = stage.isRepeated === true ? failedSuites(results) : [];
    if (failed.length === 0) return { passed: false, unstable: [] };
    console.log(`== again, one at a time: ${failed.join(', ')}`);
    const passed = await hasPassed({ ...stage, suites: failed }, { results, workers: 1 });
    return { passed, unstable: passed ? failed : [] };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

interface JestRun {
  /** File for the results. */
  readonly results: string;
  readonly workers: number;
}

function hasPassed({ command, args, suites }: Stage, { results, workers }: JestRun): Promise<boolean> {
  const ofJest = ['--json', '--outputFile', results, `--maxWorkers=${workers}`, '--runTestsByPath'];
  return passesAsGroup(command, suites === undefined ? args : [...args, ...ofJest, ...suites], STAGE_MS);
}

const program = new ProgramCommand('test')
  .description('Runs stages of the tests, one after the other. Exit code 1 when one of them fails.')
  .addArgument(new Argument('<stages...>', 'which').choices(Object.keys(STAGES)))
  .action(runStages);

run(() => program.parseAsync());
