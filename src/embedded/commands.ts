import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Platform } from '../config/load';
import { consoleProgress } from '../console/progress';
import { UserError } from '../console/user-error';
import { ended, isRunning, signal } from './processes';
import { LocalPlatform } from './local-platform';
import { runningBootstrap } from './running';
import { localRuntime } from './runtime';
import { StateDirectory, alreadyRunning, runningState } from './state';
import { untilStopped } from './until-stopped';

const POLL_MS = 100;
const STOP_MS = 20_000;

/** Starts the supervisor as a process of its own and waits until every broker accepts clients. */
export async function startInBackground(config: Platform): Promise<void> {
  const directory = new StateDirectory(config);
  directory.create();
  const running = runningState(directory);
  if (running?.supervisor !== undefined) throw alreadyRunning(running.supervisor.pid);
  const progress = consoleProgress();
  await localRuntime(config, progress);
  const log = openSync(directory.supervisorLog, 'w');
  const args = ['--import', 'tsx', resolve('scripts/platform.ts'), 'run'];
  const child = spawn(process.execPath, args, { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  child.unref();
  let exited = false;
  child.once('exit', () => (exited = true));
  await progress.step(`${config.brokers.count} brokers`, async () => {
    while (runningState(directory)?.ready !== true) {
      if (exited) throw startFailed(directory);
      await delay(POLL_MS);
    }
  });
  console.log(`The platform runs in the background: ${runningBootstrap(config).join(',')}`);
  console.log('Stop it: npm run platform -- stop');
}

/** The supervisor: starts the brokers and stays until it is told to stop. */
export async function superviseLocally(config: Platform): Promise<void> {
  const progress = consoleProgress();
  const runtime = await localRuntime(config, progress);
  const platform = await LocalPlatform.start({
    config,
    runtime,
    progress,
    onCrash: (error) => console.error(error.message),
  });
  await untilStopped();
  await platform.stop();
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

export async function showStatus(config: Platform): Promise<void> {
  const directory = new StateDirectory(config);
  const state = runningState(directory);
  if (state === undefined) {
    console.log(`not running (${directory.path})`);
    process.exitCode = 1;
    return Promise.resolve();
  }
  const bootstrap = runningBootstrap(config);
  const lines = bootstrap.map((address, id) => {
    const broker = state.brokers[String(id)];
    const running = broker !== undefined && isRunning(broker);
    if (!running) process.exitCode = 1;
    return `broker ${id}  ${address}  ${running ? `running, process ${broker.pid}` : 'DOWN'}  log ${directory.log(id)}`;
  });
  console.log([`bootstrap servers  ${bootstrap.join(',')}`, ...lines].join('\n'));
}

interface LogsOptions {
  readonly broker: string | undefined;
  readonly lines: number;
}

export function showLogs(config: Platform, { broker, lines }: LogsOptions): void {
  const ids = Array.from({ length: config.brokers.count }, (_, id) => String(id));
  if (broker !== undefined && !ids.includes(broker)) {
    throw new UserError(
      `There is no broker '${broker}'; allowed: ${ids.join(', ')}.`,
      'name one of them, or none for all',
    );
  }
  if (!Number.isInteger(lines) || lines < 1) {
    throw new UserError(
      '--lines takes a whole number, at least 1.',
      'for example: npm run platform -- logs 0 --lines 50',
    );
  }
  const directory = new StateDirectory(config);
  for (const id of broker === undefined ? ids : [broker]) {
    const file = directory.log(Number(id));
    console.log(`==> ${file}`);
    if (existsSync(file)) console.log(readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n'));
  }
}

function startFailed(directory: StateDirectory): UserError {
  const text = readFileSync(directory.supervisorLog, 'utf8').trim();
  return new UserError(
    `The platform did not start:\n${text}`,
    `see ${directory.supervisorLog} and the brokers’ logs beside it`,
  );
}
