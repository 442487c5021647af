import { bootstrapServers, nodeName } from '../components/kafka-cluster/layout';
import { existsSync, readFileSync } from 'node:fs';
import type { Platform } from '../platform/load';
import { UserError } from '../validation/user-error';
import { isBroker, nodesOf } from '../components/kafka-cluster/nodes';
import { isRunning, type ProcessIdentity } from '../processes/processes';
import { runningLayout } from './running';
import { STATUS_PAGE, serviceNames, type ServiceName } from '../platform/local-service-ports';
import { StateDirectory, runningState } from './state';

/** The status page has no log of its own: it runs in the supervisor. */
const hasLog = (name: ServiceName): boolean => name !== STATUS_PAGE;

interface Row {
  readonly name: string;
  readonly address: string;
  readonly process: ProcessIdentity | undefined;
  readonly isReady: boolean;
  readonly waitsFor?: string | undefined;
  readonly log: string;
}

/** Prints the processes with address and state; the exit code is 1 if any is down or not ready. */
export function showStatus(config: Platform): void {
  const directory = new StateDirectory(config);
  const state = runningState(directory);
  if (state === undefined) {
    console.log(`not running (${directory.path})`);
    process.exitCode = 1;
    return;
  }
  const layout = runningLayout(config);
  const brokers = layout.nodes.map(({ id, pool, host, ports }) => ({
    name: nodeName({ id, pool }).toLowerCase(),
    address: `${host}:${isBroker({ pool }) ? ports.client : ports.controller}`,
    process: state.brokers[String(id)],
    isReady: true,
    log: directory.log(id),
  }));
  const services = serviceNames(config).flatMap((name): readonly Row[] => {
    const service = state.services?.[name];
    if (service === undefined) return [];
    const log = hasLog(name) ? directory.serviceLog(name) : directory.supervisorLog;
    const { url: address, process, ready: isReady, waitsFor } = service;
    return [{ name, address, process, isReady, waitsFor, log }];
  });
  const rows = [...brokers, ...services];
  const width = (key: 'name' | 'address'): number => Math.max(...rows.map((row) => row[key].length));
  const lines = rows.map((row) => {
    const { how, isWell } = standing(row);
    if (!isWell) process.exitCode = 1;
    return `${row.name.padEnd(width('name'))}  ${row.address.padEnd(width('address'))}  ${how}  log ${row.log}`;
  });
  console.log([`bootstrap servers  ${bootstrapServers(layout).join(',')}`, ...lines].join('\n'));
}

/** State of a process. Waiting for topics or schemas to be applied is not a failure. */
function standing({ process, isReady, waitsFor }: Row): { readonly how: string; readonly isWell: boolean } {
  if (waitsFor !== undefined) return { how: `waits until ${waitsFor} are applied`, isWell: true };
  if (process === undefined || !isRunning(process)) return { how: 'DOWN', isWell: false };
  return { how: `${isReady ? 'running' : 'NOT READY'}, process ${process.pid}`, isWell: isReady };
}

interface LogsOptions {
  /** Node id of a broker, or name of a service; undefined for all. */
  readonly part: string | undefined;
  readonly lines: number;
}

/** Prints the last lines of logs. @throws {UserError} if the named part has no log */
export function showLogs(config: Platform, { part, lines }: LogsOptions): void {
  const directory = new StateDirectory(config);
  const files = new Map<string, string>([
    ...nodesOf(config.brokers).map(({ id }) => [String(id), directory.log(id)] as const),
    ...serviceNames(config)
      .filter(hasLog)
      .map((name) => [name, directory.serviceLog(name)] as const),
  ]);
  if (part !== undefined && !files.has(part)) {
    throw new UserError(
      `Nothing here that has a log is called '${part}'; allowed: ${[...files.keys()].join(', ')}.`,
      'name one of them, or none for all',
    );
  }
  for (const [name, file] of files) {
    if (part !== undefined && part !== name) continue;
    // A missing file is skipped, but a file that was asked for still gets its heading.
    if (part !== undefined || existsSync(file)) console.log(`==> ${file}`);
    if (existsSync(file)) console.log(readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n'));
  }
}
