import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Platform } from '../platform/load';
import { UserError } from '../validation/user-error';
import { FIXED_PORTS, serviceNames, type FixedPort, type ServiceName } from '../platform/local-service-ports';
import { identify, isRunning, type ProcessIdentity } from '../processes/processes';
import { commandLine } from '../validation/command-line';

const identitySchema = z.object({ pid: z.int(), started: z.string() });

const servicePortsSchema = z
  .object(Object.fromEntries(FIXED_PORTS.map((name) => [name, z.int()])) as Record<FixedPort, z.ZodInt>)
  .catchall(z.int());

const serviceSchema = z.object({
  /** Address of the service. */
  url: z.string(),
  /** Absent while the process is not running. */
  process: identitySchema.optional(),
  ready: z.boolean(),
  /** What has to be applied before the start, in words; absent if nothing is known to be missing. */
  waitsFor: z.string().optional(),
});

const stateSchema = z.object({
  /** Ports of the brokers, in the order of the nodes, for the next start; discarded if another release had other ports. */
  ports: z.array(z.tuple([z.int(), z.int(), z.int(), z.int()])).catch([]),
  /** Ports of the other processes, for the next start. */
  servicePorts: servicePortsSchema.optional().catch(undefined),
  /** The process that watches the brokers; absent after a stop. */
  supervisor: identitySchema.optional(),
  /** Running brokers by node id. */
  brokers: z.record(z.string(), identitySchema).default({}),
  /** True once every broker accepts clients. */
  ready: z.boolean().default(false),
  /** The processes other than brokers, by name; absent until the platform has determined them. */
  services: z.record(z.string(), serviceSchema).optional(),
});

/** The field that every release writes; it distinguishes the file from another program's. */
const ownedSchema = z.looseObject({ ports: z.array(z.unknown()) });

/** Files that a killed start can leave in a state directory that has no state yet. */
const OWN_ENTRY = /^(lock|platform\.log|state\.json\.new|broker-\d+|tls|users|clients)$/;

/** The state of a local platform that persists between commands. */
export type LocalState = z.output<typeof stateSchema>;

/** The state of one service. */
export type ServiceState = z.output<typeof serviceSchema>;

/** The state directory of a local platform, and the file in it that lists the running processes. */
export class StateDirectory {
  readonly path: string;
  private readonly file: string;

  private readonly services: readonly ServiceName[];

  constructor(config: Pick<Platform, 'local' | 'applications'>) {
    this.path = resolve(config.local.stateDirectory);
    this.services = serviceNames(config);
    this.file = join(this.path, 'state.json');
  }

  /** Directory of one broker. */
  readonly broker = (nodeId: number): string => join(this.path, `broker-${nodeId}`);

  /** Log file of a broker. */
  readonly log = (nodeId: number): string => join(this.broker(nodeId), 'broker.log');

  /** Directory of the certificates that belong to no single broker. */
  get certificates(): string {
    return join(this.path, 'tls');
  }

  /** File with the password of a user. */
  readonly password = (user: string): string => join(this.path, 'users', user);

  /** File with which Kafka's own tools connect. */
  readonly clientProperties = (user: string): string => join(this.path, 'clients', `${user}.properties`);

  /** Directory of a service. */
  readonly service = (name: ServiceName): string => join(this.path, name);

  /** Log file of a service. */
  readonly serviceLog = (name: ServiceName): string => join(this.service(name), `${name}.log`);

  /** Log file of the background supervisor. */
  get supervisorLog(): string {
    return join(this.path, 'platform.log');
  }

  /** Creates the directory. @throws {UserError} if the path is a file, or the directory contains other files */
  create(): void {
    if (statSync(this.path, { throwIfNoEntry: false })?.isDirectory() === false) {
      throw new UserError(
        `${this.path} is a file; the state directory has to stand there.`,
        'move it away or change local.stateDirectory',
      );
    }
    mkdirSync(this.path, { recursive: true });
    const entries = readdirSync(this.path);
    if (this.read() === undefined && !entries.every((name) => OWN_ENTRY.test(name) || this.services.includes(name))) {
      throw new UserError(
        `${this.path} is no state directory of the platform and is not empty: files in it could be overwritten. Nothing was started.`,
        'set local.stateDirectory to a directory that is empty or does not exist',
      );
    }
    // Marks the directory as the platform's.
    if (entries.length === 0) this.update({ ports: [] });
  }

  /** The state; undefined before the first start. @throws {UserError} if the file is damaged */
  read(): LocalState | undefined {
    let text: string;
    try {
      text = readFileSync(this.file, 'utf8');
    } catch {
      return undefined;
    }
    try {
      return stateSchema.parse(ownedSchema.parse(JSON.parse(text)));
    } catch {
      throw new UserError(
        `${this.file} is damaged: it is not what the platform wrote there. Nothing was started.`,
        `if it is the platform's, stop what may still run and delete it (the data beside it stays); else change local.stateDirectory`,
      );
    }
  }

  /** Changes some fields. Concurrent readers see the state before or after the change. */
  update(change: Partial<LocalState>): void {
    const text = JSON.stringify({ ...this.read(), ...change }, null, 2);
    writeFileSync(`${this.file}.new`, `${text}\n`);
    renameSync(`${this.file}.new`, this.file);
  }

  /**
   * Locks the directory for this process until the returned function is called.
   * @throws {UserError} while another process holds it
   */
  lock(): () => void {
    const file = join(this.path, 'lock');
    for (;;) {
      try {
        writeFileSync(file, JSON.stringify(identify(process.pid)), { flag: 'wx' });
        return () => rmSync(file, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = lockHolder(file);
      if (holder !== undefined && isRunning(holder)) throw alreadyRunning(holder.pid);
      rmSync(file, { force: true });
    }
  }
}

/** The state; undefined unless its supervisor is running. */
export function runningState(directory: StateDirectory): LocalState | undefined {
  const state = directory.read();
  return state?.supervisor !== undefined && isRunning(state.supervisor) ? state : undefined;
}

export const alreadyRunning = (pid: number): UserError =>
  new UserError(
    `The platform already runs here (process ${pid}).`,
    `use it, or stop it: ${commandLine('platform stop')}`,
  );

/** Undefined if the holder ended before the file was complete. */
function lockHolder(file: string): ProcessIdentity | undefined {
  try {
    return identitySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
