import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Platform } from '../config/load';
import { UserError } from '../console/user-error';
import { identify, isRunning, type ProcessIdentity } from './processes';

const identitySchema = z.object({ pid: z.int(), started: z.string() });

const stateSchema = z.object({
  /** Ports of each broker by node id; kept from start to start. */
  ports: z.array(z.tuple([z.int(), z.int(), z.int()])),
  /** The process that watches the brokers; absent when the platform was stopped. */
  supervisor: identitySchema.optional(),
  /** Running brokers by node id. */
  brokers: z.record(z.string(), identitySchema).default({}),
  /** True once every broker accepts clients. */
  ready: z.boolean().default(false),
});

/** What is known of a local platform between commands. */
export type LocalState = z.output<typeof stateSchema>;

/** The state directory of a local platform and the file in it that says what runs. */
export class StateDirectory {
  readonly path: string;
  private readonly file: string;

  constructor({ local }: Pick<Platform, 'local'>) {
    this.path = resolve(local.stateDirectory);
    this.file = join(this.path, 'state.json');
  }

  /** Directory of one broker. */
  readonly broker = (nodeId: number): string => join(this.path, `broker-${nodeId}`);

  /** What a broker prints. */
  readonly log = (nodeId: number): string => join(this.broker(nodeId), 'broker.log');

  /** What the background supervisor prints. */
  get supervisorLog(): string {
    return join(this.path, 'platform.log');
  }

  /** @throws {UserError} when the directory cannot be one */
  create(): void {
    if (statSync(this.path, { throwIfNoEntry: false })?.isDirectory() === false) {
      throw new UserError(
        `${this.path} is a file; the state directory has to stand there.`,
        'move it away or change local.stateDirectory',
      );
    }
    mkdirSync(this.path, { recursive: true });
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
      return stateSchema.parse(JSON.parse(text));
    } catch {
      throw new UserError(
        `${this.file} is damaged: it is not what the platform wrote there. Nothing was started.`,
        `stop what may still run, then delete ${this.file} (the data beside it stays)`,
      );
    }
  }

  write(state: LocalState): void {
    writeFileSync(this.file, `${JSON.stringify(state, null, 2)}\n`);
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
  new UserError(`The platform already runs here (process ${pid}).`, 'use it, or stop it: npm run platform -- stop');

/** Nothing when the holder ended while it wrote. */
function lockHolder(file: string): ProcessIdentity | undefined {
  try {
    return identitySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
