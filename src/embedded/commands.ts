import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Platform } from '../config/load';
import { consoleProgress } from '../console/progress';
import { UserError } from '../console/user-error';
import { ended, signal } from './processes';
import { runningBootstrap } from './running';
import { localRuntime } from './runtime';
import { findServicePrograms } from './service-programs';
import { startLocally } from './start-locally';
import { StateDirectory, alreadyRunning, runningState, type LocalState } from './state';
import { untilStopped } from './until-stopped';

const POLL_MS = 100;
const STOP_MS = 20_000;

/** What is not ready by then goes on starting without being waited for. */
const SERVICES_MS = 90_000;

/** Starts the supervisor as a process of its own and waits until everything can be used. */
export async function startInBackground(config: Platform): Promise<void> {
  const directory = new StateDirectory(config);
  directory.create();
  const running = runningState(directory);
  if (running?.supervisor !== undefined) throw alreadyRunning(running.supervisor.pid);
  const progress = consoleProgress();
  // The supervisor does both again, where nobody sees what it fetches or leaves out.
  await localRuntime(config, progress);
  await findServicePrograms(config, progress);
  const log = openSync(directory.supervisorLog, 'w');
  const args = ['--import', 'tsx', resolve('scripts/platform.ts'), 'run'];
  const child = spawn(process.execPath, args, { detached: true, stdio: ['ignore', log, log] });
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
  await progress.step(`${config.brokers.count} brokers`, () => until(({ ready }) => ready));
  await progress.step('what stands around them', async (note) => {
    const deadline = Date.now() + SERVICES_MS;
    await until(({ services }) => {
      const missing = services === undefined ? ['all'] : unready(services);
      note(missing.length === 0 ? '' : `not ready: ${missing.join(', ')}`);
      return missing.length === 0 || Date.now() > deadline;
    });
  });
  console.log(`The platform runs in the background: ${runningBootstrap(config).join(',')}`);
  if (Object.values(runningState(directory)?.services ?? {}).some(({ waitsFor }) => waitsFor !== undefined))
    console.log('Samples start once there is what they need: npm run topics -- apply, npm run schemas -- apply');
  console.log('See it: npm run platform -- status');
  console.log('Stop it: npm run platform -- stop');
}

/** The supervisor: starts everything and stays until it is told to stop. */
export async function superviseLocally(config: Platform): Promise<void> {
  const local = await startLocally({
    config,
    progress: consoleProgress(),
    onCrash: (error) => console.error(error.message),
  });
  local.services.samples?.start();
  await untilStopped();
  await local.stop();
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
