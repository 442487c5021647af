import { spawn } from 'node:child_process';
import type { Command } from 'commander';
import type { Platform } from '../platform/load';
import { chosenEnvironment, environmentNames, everyPlatform, type Project } from '../platform/project';
import { subjectsOf } from '../platform/project-schemas';
import { allOrProblems } from '../validation/problems';
import { consoleProgress, elapsed, type Progress } from '../console/progress';
import { UserError } from '../validation/user-error';
import { startLocally, type Local } from '../local/start-locally';
import { untilStopped } from '../local/until-stopped';
import { applySchemas } from '../components/schemas/apply';
import { registryClient } from '../registry-client/registry-client';
import type { Subject } from '../avro/subject';
import { untilRegistryAnswers } from '../components/schemas/until-registry-answers';
import { smokeTest } from '../platform/smoke-test';
import { CLIENT_IDS } from '../protocol/client-ids';
import { formatVerdict, type Verdict } from '../components/smoke-test/smoke-test';
import { applyTopics } from '../components/topics/apply';
import { topicTarget } from '../components/kafka-cluster/topic-target';
import { loadProject } from './load-project';
import { configOption, environmentOption, withExample, type EnvironmentOptions } from './options';
import { selfArguments } from './self';
import { startSummary } from './start-summary';
import { withConsequence } from './with-consequence';

/** Several times the start time on a busy machine. */
const REGISTRY_MS = 120_000;

interface Options extends EnvironmentOptions {
  readonly once?: boolean;
}

export function start(command: Command): void {
  command
    .addOption(configOption())
    .addOption(environmentOption())
    .option('--once', 'stop after the smoke test, with exit code 0 or 1')
    .action(withConsequence('nothing was started', run));
  withExample(command, 'start --once');
}

async function run({ once = false, ...options }: Options): Promise<void> {
  const started = Date.now();
  const project = await loadProject(options);
  const environment = chosenEnvironment(project, {
    name: options.environment,
    option: '--environment',
    among: environmentNames(project),
  });
  const { manifests } = project.definition;
  const [environments, subjects] = allOrProblems([
    () => everyPlatform(project),
    () => subjectsOf(project, [environment]),
  ]);
  const config = environments[environment] as Platform;
  const progress = consoleProgress();
  const synthesized =
    manifests === undefined ? Promise.resolve() : progress.step('manifests synthesized', () => synthesize(project));
  // Awaited below, within the block that stops everything that was started if this fails.
  synthesized.catch(() => undefined);
  await untilStopped(async (stopped) => {
    const local = await startLocally({ config, subjects, progress, onCrash: reportCrash });
    try {
      await synthesized;
      const proved = await proveAndShow({ config, local, progress, subjects, project }, stopped);
      if (!proved) return;
      console.log(`\nDone in ${elapsed(started)}.`);
      if (once) return;
      console.log('Running until Ctrl-C.');
      await stopped;
    } finally {
      await progress.step('stopped', () => local.stop());
      // Pending work of an interrupted check must not delay the exit. Errors have been printed before.
      setImmediate(() => process.exit());
    }
  }, true);
}

/** Runs the smoke test, then starts the applications. @returns false if it was asked to stop before the end */
async function proveAndShow({ project, ...proof }: ShownProofProps, stopped: Promise<void>): Promise<boolean> {
  const { config, local, progress } = proof;
  const verdict = await Promise.race([prove(proof), stopped]);
  if (verdict === undefined) return false;
  console.log(`\n${formatVerdict(verdict)}\n`);
  if (!verdict.ok) process.exitCode = 1;
  const wait = startApplications(local, { progress, areWaitedFor: verdict.ok }).then(() => 'started');
  if ((await Promise.race([wait, stopped])) === undefined) return false;
  console.log(`\n${startSummary({ project, config, local })}`);
  return true;
}

interface ProofProps {
  readonly config: Platform;
  readonly local: Local;
  readonly progress: Progress;
  readonly subjects: readonly Subject[];
}

interface ShownProofProps extends ProofProps {
  readonly project: Project;
}

/** The registry takes longest to start. Checks and steps that do not need it run in the meantime. */
async function prove({ config, local, progress, subjects }: ProofProps): Promise<Verdict> {
  const { platform, services } = local;
  const { connection } = platform;
  const registry = services.url('registry');
  const schemas = registry === undefined ? undefined : register({ url: registry, subjects, progress });
  await progress.step('topics applied', async (note) => {
    const { summary } = await applyTopics({ ...topicTarget(config, connection), onProgress: note });
    note(summary);
  });
  return smokeTest({
    config,
    connection: { ...connection, clientId: CLIENT_IDS.smoke },
    progress,
    subjects,
    services: services.urls,
    scrapes: services.targets,
    control: {
      // A registry that is starting must not lose its brokers; it would have to be restarted.
      stopBroker: async (nodeId) => {
        await schemas;
        await platform.stopBroker(nodeId);
      },
      startBroker: (nodeId) => platform.startBroker(nodeId),
    },
  });
}

interface ApplicationsProps {
  readonly progress: Progress;
  /** False if topics or schemas may be missing. */
  readonly areWaitedFor: boolean;
}

/** Started after the smoke test, which stops brokers and measures times on an otherwise idle machine. */
async function startApplications({ services }: Local, { progress, areWaitedFor }: ApplicationsProps): Promise<void> {
  const { applications } = services;
  if (applications === undefined) return;
  applications.start();
  if (areWaitedFor) await progress.step('applications', (note) => applications.untilReady(note));
}

interface RegisterProps {
  readonly url: string;
  readonly subjects: readonly Subject[];
  readonly progress: Progress;
}

/** Errors are printed; the smoke test then reports missing subjects. */
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

/** A separate process, so that this process does not load cdk8s. */
function synthesize({ file }: Project): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, selfArguments('synth', '--config', file), {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.once('close', (code) =>
      code === 0
        ? done()
        : fail(new UserError(errors.trim() || 'the synthesis of the manifests failed and printed nothing')),
    );
  });
}
