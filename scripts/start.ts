import { spawn } from 'node:child_process';
import { Command } from 'commander';
import { loadConfig, type Platform } from '../src/config/load';
import { consoleProgress, elapsed, type Progress } from '../src/console/progress';
import { run } from '../src/console/run';
import { UserError } from '../src/console/user-error';
import { startLocally, type Local } from '../src/embedded/start-locally';
import { StateDirectory, type ServiceName } from '../src/embedded/state';
import { untilStopped } from '../src/embedded/until-stopped';
import { applySchemas } from '../src/schemas/apply';
import { loadSubjects } from '../src/schemas/load';
import { registryClient } from '../src/schemas/registry-client';
import type { Subject } from '../src/schemas/subject';
import { untilRegistryAnswers } from '../src/schemas/until-registry-answers';
import { formatVerdict, smokeTest, type Verdict } from '../src/smoke/smoke-test';
import { applyTopics } from '../src/topics/apply';

/** Several times what a busy machine needs. */
const REGISTRY_MS = 120_000;

const program = new Command('start')
  .description('Synthesizes the manifests, starts the platform on this machine, applies its catalogues and proves it.')
  .option('--once', 'end after the verdict, with its exit code')
  .action(({ once }: { once?: boolean }) => start(once ?? false));

run(() => program.parseAsync());

async function start(once: boolean): Promise<void> {
  const started = Date.now();
  const config = loadConfig('local');
  const subjects = loadSubjects();
  const progress = consoleProgress();
  const stopped = untilStopped(true);
  const synthesized = progress.step('manifests synthesized', synthesize);
  // Awaited below, where what was started meanwhile is stopped when it fails.
  synthesized.catch(() => undefined);
  const local = await startLocally({ config, progress, onCrash: reportCrash });
  try {
    await synthesized;
    const verdict = await Promise.race([prove({ config, local, progress, subjects }), stopped]);
    if (verdict === undefined) return;
    console.log(`\n${formatVerdict(verdict)}\n`);
    if (!verdict.ok) process.exitCode = 1;
    const wait = startSamples(local, { progress, areWaitedFor: verdict.ok }).then(() => 'started');
    if ((await Promise.race([wait, stopped])) === undefined) return;
    console.log(`\n${summary(config, local)}\n\nDone in ${elapsed(started)}.`);
    if (once) return;
    console.log('Running until Ctrl-C.');
    await stopped;
  } finally {
    await progress.step('stopped', () => local.stop());
    // What a check that was interrupted still waits for must not hold up the end. An error is said before.
    setImmediate(() => process.exit());
  }
}

interface ProofProps {
  readonly config: Platform;
  readonly local: Local;
  readonly progress: Progress;
  readonly subjects: readonly Subject[];
}

/** The registry takes longest to start: whatever does not need it is done meanwhile. */
async function prove({ config, local, progress, subjects }: ProofProps): Promise<Verdict> {
  const { platform, services } = local;
  const { bootstrap } = platform;
  const [registry, prometheus] = [services.url('registry'), services.url('prometheus')];
  const schemas = registry === undefined ? undefined : register({ url: registry, subjects, progress });
  await progress.step('topics applied', async (note) => {
    const { summary } = await applyTopics({ bootstrap, topics: config.topics, onProgress: note });
    note(summary);
  });
  return smokeTest({
    config,
    bootstrap,
    progress,
    subjects,
    services: {
      ...(registry === undefined ? {} : { registry }),
      ...(prometheus === undefined ? {} : { prometheus: { url: prometheus, targets: services.targets } }),
    },
    control: {
      // A registry that is starting must not lose its brokers: it would have to start anew.
      stopBroker: async (nodeId) => {
        await schemas;
        await platform.stopBroker(nodeId);
      },
      startBroker: (nodeId) => platform.startBroker(nodeId),
    },
  });
}

interface SamplesProps {
  readonly progress: Progress;
  /** Not where topics or schemas may be missing. */
  readonly areWaitedFor: boolean;
}

/** After the proof: it stops brokers, and its times are taken on a machine that does nothing else. */
async function startSamples({ services }: Local, { progress, areWaitedFor }: SamplesProps): Promise<void> {
  const { samples } = services;
  if (samples === undefined) return;
  samples.start();
  if (areWaitedFor) await progress.step('sample applications', (note) => samples.untilReady(note));
}

interface RegisterProps {
  readonly url: string;
  readonly subjects: readonly Subject[];
  readonly progress: Progress;
}

/** What goes wrong is said; the smoke test then finds the subjects missing. */
async function register({ url, subjects, progress }: RegisterProps): Promise<void> {
  const registry = registryClient({ url });
  try {
    await progress.step('schemas applied', async (note) => {
      note('the registry starts');
      await untilRegistryAnswers({ registry, withinMs: REGISTRY_MS });
      note((await applySchemas({ registry, subjects, onProgress: note })).summary);
    });
  } catch (error) {
    progress.line(error instanceof UserError ? error.message : String(error));
  }
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

function summary(config: Platform, { platform: { bootstrap }, services }: Local): string {
  const directory = new StateDirectory(config);
  const address = (name: ServiceName): string => services.url(name) ?? 'left out, see above';
  const rows: readonly (readonly [string, string])[] = [
    ['Kafka', `${config.brokers.count} brokers, ${config.brokers.version}, cluster ${config.brokers.quorum.clusterId}`],
    ['bootstrap servers', bootstrap.join(',')],
    ['topics', config.topics.map(({ name }) => name).join(', ')],
    ['status page', address('status')],
    ['schema registry', config.registry.provider === 'none' ? 'none' : address('registry')],
    ['Prometheus', config.monitoring.mode === 'prometheus' ? address('prometheus') : 'none'],
    ['lag of consumers', address('lag-exporter')],
    ...(services.samples?.running ?? []).map(({ name }, index): readonly [string, string] => [
      index === 0 ? 'samples' : '',
      `${name.padEnd(20)} ${address(name)}`,
    ]),
    ['data and logs', directory.path],
    ['manifests', 'manifests/kind, manifests/production'],
    ['', ''],
    ['next', 'npm run topics -- plan          what would change in the cluster'],
    ['', 'npm run schemas -- plan         what would change in the registry'],
    ['', 'npm run smoke                   the proof again, against what runs'],
    ['', 'npm run platform -- status      what runs; also start, stop, logs'],
    ['', 'kubectl apply -f manifests/kind the same platform in Kubernetes'],
  ];
  return rows.map(([name, value]) => `  ${name.padEnd(18)} ${value}`.trimEnd()).join('\n');
}
