import { nodesText } from '../components/kafka-cluster/nodes';
import { bootstrapServers } from '../components/kafka-cluster/layout';
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Subject } from '../avro/subject';
import type { Platform } from '../platform/load';
import { consoleProgress } from '../console/progress';
import { UserError } from '../validation/user-error';
import { ended, signal } from '../processes/processes';
import { runningLayout } from './running';
import { localRuntime } from './runtime';
import { findServicePrograms } from './service-programs';
import { startLocally } from './start-locally';
import { StateDirectory, alreadyRunning, runningState, type LocalState } from './state';
import { untilStopped } from './until-stopped';
import { commandLine } from '../validation/command-line';

const POLL_MS = 100;
const STOP_MS = 20_000;

/** Maximum waiting time; processes that are not ready by then continue to start. */
const SERVICES_MS = 90_000;

/**
 * Starts the supervisor as a separate process and waits until the platform is usable.
 * @param supervisor arguments for Node.js that run {@link superviseLocally} with the same configuration
 */
export async function startInBackground(config: Platform, supervisor: readonly string[]): Promise<void> {
  const directory = new StateDirectory(config);
  directory.create();
  const running = runningState(directory);
  if (running?.supervisor !== undefined) throw alreadyRunning(running.supervisor.pid);
  const progress = consoleProgress();
  // The supervisor repeats both, but only this terminal shows what is fetched or left out.
  await localRuntime(config, progress);
  await findServicePrograms(config, progress);
  const log = openSync(directory.supervisorLog, 'w');
  const child = spawn(process.execPath, supervisor, { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  child.unref();
  let exited = false;
  child.once('exit', () => (exited = true));
  const until = async (holds: (state: LocalState) => boolean): Promise<void> => {
    for (;;) {
      const state = runningState(directory);
      if (state !== undefined && holds(state)) return;
      if (exited) throw startFailed(directory);
      await delay(POLL_MS);
    }
  };
  await progress.step(nodesText(config.brokers), () => until(({ ready }) => ready));
  await progress.step('the processes beside them', async (note) => {
    const deadline = Date.now() + SERVICES_MS;
    await until(({ services }) => {
      const missing = services === undefined ? ['all'] : unready(services);
      note(missing.length === 0 ? '' : `not ready: ${missing.join(', ')}`);
      return missing.length === 0 || Date.now() > deadline;
    });
  });
  console.log(`The platform runs in the background: ${bootstrapServers(runningLayout(config)).join(',')}`);
  if (Object.values(runningState(directory)?.services ?? {}).some(({ waitsFor }) => waitsFor !== undefined))
    console.log(
      `Applications start once there is what they need: ${commandLine('topics apply')}, ${commandLine('schemas apply')}`,
    );
  console.log(`See it: ${commandLine('platform status')}`);
  console.log(`Stop it: ${commandLine('platform stop')}`);
}

/** Runs the supervisor: starts everything, and stops it on a signal. */
export async function superviseLocally(config: Platform, subjects: readonly Subject[]): Promise<void> {
  const local = await startLocally({
    config,
    subjects,
    progress: consoleProgress(),
    onCrash: (error) => console.error(error.message),
  });
  local.services.applications?.start();
  await untilStopped(async (stopped) => {
    await stopped;
    await local.stop();
  });
}

export async function stopPlatform(config: Platform): Promise<void> {
  const state = runningState(new StateDirectory(config));
  if (state?.supervisor === undefined) {
    console.log('No local platform runs.');
    return;
  }
  const { supervisor } = state;
  signal(supervisor.pid, 'SIGTERM');
  await consoleProgress().step('stopped', async () => {
    if (await ended(supervisor, STOP_MS)) return;
    throw new UserError(
      `Process ${supervisor.pid} has not ended within ${STOP_MS / 1_000} s.`,
      `look at it, or kill -9 ${supervisor.pid}`,
    );
  });
}

const unready = (services: NonNullable<LocalState['services']>): readonly string[] =>
  Object.entries(services).flatMap(([name, { ready, waitsFor }]) => (ready || waitsFor !== undefined ? [] : [name]));

function startFailed(directory: StateDirectory): UserError {
  const text = readFileSync(directory.supervisorLog, 'utf8').trim();
  return new UserError(
    `The platform did not start:\n${text}`,
    `see ${directory.supervisorLog} and the logs below ${directory.path}`,
  );
}
