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
  /** Where it is reached. */
  url: z.string(),
  /** Absent while it does not run. */
  process: identitySchema.optional(),
  /** True while it can be used. */
  ready: z.boolean(),
  /** What has to be applied before it is started, in words; absent when nothing is known to be missing. */
  waitsFor: z.string().optional(),
});

const stateSchema = z.object({
  /** Ports of each broker by node id, kept from start to start; those of a release with others are chosen anew. */
  ports: z.array(z.tuple([z.int(), z.int(), z.int(), z.int()])).catch([]),
  /** Ports of the processes beside the brokers, kept likewise. */
  servicePorts: servicePortsSchema.optional().catch(undefined),
  /** The process that watches the brokers; absent when the platform was stopped. */
  supervisor: identitySchema.optional(),
  /** Running brokers by node id. */
  brokers: z.record(z.string(), identitySchema).default({}),
  /** True once every broker accepts clients. */
  ready: z.boolean().default(false),
  /** The processes beside the brokers, by name; absent until it is decided which there are. */
  services: z.record(z.string(), serviceSchema).optional(),
});

/** What every release writes, by which its file is told from that of another program. */
const ownedSchema = z.looseObject({ ports: z.array(z.unknown()) });

/** What may stand in a state directory before its first state is written: a start may have been killed. */
const OWN_ENTRY = /^(lock|platform\.log|state\.json\.new|broker-\d+)$/;

/** What is known of a local platform between commands. */
export type LocalState = z.output<typeof stateSchema>;

/** One of the services as the state has it. */
export type ServiceState = z.output<typeof serviceSchema>;

/** The state directory of a local platform and the file in it that says what runs. */
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

  /** What a broker prints. */
  readonly log = (nodeId: number): string => join(this.broker(nodeId), 'broker.log');

  /** Directory of a process beside the brokers. */
  readonly service = (name: ServiceName): string => join(this.path, name);

  /** What a service prints. */
  readonly serviceLog = (name: ServiceName): string => join(this.service(name), `${name}.log`);

  /** What the background supervisor prints. */
  get supervisorLog(): string {
    return join(this.path, 'platform.log');
  }

  /** @throws {UserError} when the directory cannot be one, or holds the files of somebody else */
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
    // From now on it can be told from any other.
    if (entries.length === 0) this.update({ ports: [] });
  }

  /** @returns nothing before the first start @throws {UserError} when the file is damaged */
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

  /** Changes some of the state; others who read meanwhile see it before or after. */
  update(change: Partial<LocalState>): void {
    const text = JSON.stringify({ ...this.read(), ...change }, null, 2);
    writeFileSync(`${this.file}.new`, `${text}\n`);
    renameSync(`${this.file}.new`, this.file);
  }

  /**
   * Holds the directory for this process until the function that is returned is called.
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

/** The state when its supervisor is alive. */
export function runningState(directory: StateDirectory): LocalState | undefined {
  const state = directory.read();
  return state?.supervisor !== undefined && isRunning(state.supervisor) ? state : undefined;
}

export const alreadyRunning = (pid: number): UserError =>
  new UserError(
    `The platform already runs here (process ${pid}).`,
    `use it, or stop it: ${commandLine('platform stop')}`,
  );

/** Nothing when the holder ended while it wrote. */
function lockHolder(file: string): ProcessIdentity | undefined {
  try {
    return identitySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
