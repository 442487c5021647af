import { spawn } from 'node:child_process';
import { Command } from 'commander';
import { loadConfig, type Platform } from '../src/config/load';
import { consoleProgress, elapsed, type Progress } from '../src/console/progress';
import { run } from '../src/console/run';
import { UserError } from '../src/console/user-error';
import { LocalPlatform } from '../src/embedded/local-platform';
import { localRuntime } from '../src/embedded/runtime';
import { StateDirectory } from '../src/embedded/state';
import { untilStopped } from '../src/embedded/until-stopped';
import { formatVerdict, smokeTest, type Verdict } from '../src/smoke/smoke-test';
import { applyTopics } from '../src/topics/apply';

const program = new Command('start')
  .description('Synthesizes the manifests, starts the platform on this machine, applies its topics and proves it.')
  .option('--once', 'end after the verdict, with its exit code')
  .action(({ once }: { once?: boolean }) => start(once ?? false));

run(() => program.parseAsync());

async function start(once: boolean): Promise<void> {
  const started = Date.now();
  const config = loadConfig('local');
  const progress = consoleProgress();
  const stopped = untilStopped(true);
  const [runtime] = await Promise.all([
    localRuntime(config, progress),
    progress.step('manifests synthesized', synthesize),
  ]);
  const platform = await LocalPlatform.start({ config, runtime, progress, onCrash: reportCrash });
  try {
    const work = prove(config, platform, progress);
    const verdict = await Promise.race([work, stopped]);
    if (verdict === undefined) return;
    console.log(`\n${formatVerdict(verdict)}\n\n${summary(config, platform)}\n\nDone in ${elapsed(started)}.`);
    if (!verdict.ok) process.exitCode = 1;
    if (once) return;
    console.log('Running until Ctrl-C.');
    await stopped;
  } finally {
    await progress.step('stopped', () => platform.stop());
    // What a check that was interrupted still waits for must not hold up the end.
    process.exit();
  }
}

async function prove(config: Platform, platform: LocalPlatform, progress: Progress): Promise<Verdict> {
  const { bootstrap } = platform;
  await progress.step('topics applied', async (note) => {
    const { summary } = await applyTopics({ bootstrap, topics: config.topics, onProgress: note });
    note(summary);
  });
  return smokeTest({ config, bootstrap, progress, control: platform });
}

function reportCrash(error: Error): void {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}

/** In a process of its own, as `npm run synth` does it: nothing that runs here carries cdk8s. */
function synthesize(): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'charts/main.ts'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.once('close', (code) =>
      code === 0
        ? done()
        : fail(new UserError(`The manifests could not be synthesized:\n${errors}`, 'mend the configuration')),
    );
  });
}

function summary(config: Platform, { bootstrap }: LocalPlatform): string {
  const directory = new StateDirectory(config);
  const rows: readonly (readonly [string, string])[] = [
    ['Kafka', `${config.brokers.count} brokers, ${config.brokers.version}, cluster ${config.brokers.quorum.clusterId}`],
    ['bootstrap servers', bootstrap.join(',')],
    ['topics', config.topics.map(({ name }) => name).join(', ')],
    ['data and logs', directory.path],
    ['manifests', 'manifests/kind, manifests/production'],
    ['', ''],
    ['next', 'npm run topics -- plan          what would change in the cluster'],
    ['', 'npm run smoke                   the proof again, against what runs'],
    ['', 'npm run platform -- status      what runs; also start, stop, logs'],
    ['', 'kubectl apply -f manifests/kind the same platform in Kubernetes'],
  ];
  return rows.map(([name, value]) => `  ${name.padEnd(18)} ${value}`.trimEnd()).join('\n');
}
