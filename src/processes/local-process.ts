import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { explainLog } from '../console/first-error';
import { UserError } from '../validation/user-error';
import { signal } from './processes';

/** Time limit for an orderly stop, short enough for a user at a terminal; then the process is killed. */
export const STOP_MS = 12_000;

const POLL_MS = 50;

export interface LocalProcessProps {
  /** Name in messages: `Broker 0`. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Environment variables in addition to those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** File for the output; the output of the previous process is kept next to it. */
  readonly logFile: string;
}

/** A process of the platform in its own session, so that Ctrl-C reaches it only through the platform. */
export class LocalProcess {
  readonly pid: number;
  /** Settles with the way in which the process ended. */
  readonly exit: Promise<string>;
  private running = true;
  private readonly child: ChildProcess;

  constructor(private readonly props: LocalProcessProps) {
    const { name, program, args, env, logFile } = props;
    if (existsSync(logFile)) renameSync(logFile, `${logFile}.previous`);
    const log = openSync(logFile, 'a');
    this.child = spawn(program, args, {
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, ...env },
    });
    closeSync(log);
    this.exit = new Promise((done) => {
      this.child.once('error', (error) => done(error.message));
      this.child.once('exit', (code, by) => done(by === null ? `exit code ${code ?? '?'}` : `signal ${by}`));
    });
    void this.exit.then(() => (this.running = false));
    if (this.child.pid === undefined)
      throw new UserError(`${name} could not be started: ${program} cannot be executed here.`);
    this.pid = this.child.pid;
  }

  get isRunning(): boolean {
    return this.running;
  }

  /** Waits until the process is ready. @throws {UserError} if it ends first, or exceeds the time limit */
  async until(isReady: () => Promise<boolean>, withinMs: number): Promise<void> {
    const deadline = Date.now() + withinMs;
    while (!(await isReady())) {
      if (!this.running) throw this.crash(await this.exit);
      if (Date.now() > deadline) throw this.crash(`not ready within ${withinMs / 1_000} s`);
      await delay(POLL_MS);
    }
  }

  /** The error for a failed process, with the reason from its log. */
  crash(how: string): UserError {
    return isDown({ ...this.props, how });
  }

  /** Stops the process in an orderly way; kills it after {@link STOP_MS}. */
  async stop(): Promise<void> {
    if (!this.running) return;
    signal(this.pid, 'SIGTERM');
    const stopped = await Promise.race([this.exit.then(() => true), delay(STOP_MS, false, { ref: false })]);
    if (!stopped) signal(this.pid, 'SIGKILL');
    await this.exit;
  }
}

interface DownProps extends Pick<LocalProcessProps, 'name' | 'logFile'> {
  readonly how: string;
}

/** The error for a process that does not work, with the first error of its log. */
export function isDown({ name, how, logFile }: DownProps): UserError {
  const why = explainLog(readFileSync(logFile, 'utf8')).replaceAll('\n', '\n    ');
  return new UserError(`${name} is down: ${how}. Its log is ${logFile}, which says:\n    ${why}`);
}
