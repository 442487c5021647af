import { existsSync, readFileSync } from 'node:fs';
import type { Platform } from '../config/load';
import { UserError } from '../console/user-error';
import { nodeIds } from '../render/layout';
import { isRunning, type ProcessIdentity } from './processes';
import { runningBootstrap } from './running';
import { SERVICE_NAMES, StateDirectory, runningState } from './state';

/** Services without are part of the platform's own process and print into its log. */
const SERVICES_WITH_LOG = ['registry', 'lag-exporter', 'prometheus'] as const;

interface Row {
  readonly name: string;
  readonly address: string;
  readonly process: ProcessIdentity | undefined;
  readonly isReady: boolean;
  readonly log: string;
}

/** Prints what runs, with endpoints; the exit code is 1 when it is not complete. */
export function showStatus(config: Platform): void {
  const directory = new StateDirectory(config);
  const state = runningState(directory);
  if (state === undefined) {
    console.log(`not running (${directory.path})`);
    process.exitCode = 1;
    return;
  }
  const bootstrap = runningBootstrap(config);
  const brokers = bootstrap.map((address, id) => ({
    name: `broker ${id}`,
    address,
    process: state.brokers[String(id)],
    isReady: true,
    log: directory.log(id),
  }));
  const services = SERVICE_NAMES.flatMap((name): readonly Row[] => {
    const service = state.services?.[name];
    if (service === undefined) return [];
    const log = SERVICES_WITH_LOG.some((one) => one === name) ? directory.serviceLog(name) : directory.supervisorLog;
    return [{ name, address: service.url, process: service.process, isReady: service.ready, log }];
  });
  const rows = [...brokers, ...services];
  const width = (key: 'name' | 'address'): number => Math.max(...rows.map((row) => row[key].length));
  const lines = rows.map((row) => {
    const isUp = row.process !== undefined && isRunning(row.process);
    if (!isUp || !row.isReady) process.exitCode = 1;
    const how = isUp ? `${row.isReady ? 'running' : 'NOT READY'}, process ${row.process.pid}` : 'DOWN';
    return `${row.name.padEnd(width('name'))}  ${row.address.padEnd(width('address'))}  ${how}  log ${row.log}`;
  });
  console.log([`bootstrap servers  ${bootstrap.join(',')}`, ...lines].join('\n'));
}

interface LogsOptions {
  /** Node id of a broker, or name of a service; all when left out. */
  readonly part: string | undefined;
  readonly lines: number;
}

/** Prints the end of logs. @throws {UserError} for what has none */
export function showLogs(config: Platform, { part, lines }: LogsOptions): void {
  const directory = new StateDirectory(config);
  const files = new Map<string, string>([
    ...nodeIds(config).map((id) => [String(id), directory.log(id)] as const),
    ...SERVICES_WITH_LOG.map((name) => [name, directory.serviceLog(name)] as const),
  ]);
  if (part !== undefined && !files.has(part)) {
    throw new UserError(
      `Nothing here that has a log is called '${part}'; allowed: ${[...files.keys()].join(', ')}.`,
      'name one of them, or none for all',
    );
  }
  if (!Number.isInteger(lines) || lines < 1) {
    throw new UserError(
      '--lines takes a whole number, at least 1.',
      'for example: npm run platform -- logs 0 --lines 50',
    );
  }
  for (const [name, file] of files) {
    if (part !== undefined && part !== name) continue;
    // Of all, only those that there are; of one that is asked for, also that there is none yet.
    if (part !== undefined || existsSync(file)) console.log(`==> ${file}`);
    if (existsSync(file)) console.log(readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n'));
  }
}
