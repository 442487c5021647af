import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../console/user-error';
import { signal } from './processes';

/** Short of what a terminal's user waits for: after it, a stop is forced. */
export const STOP_MS = 12_000;

const POLL_MS = 50;
const LAST_LINES = 12;

export interface LocalProcessProps {
  /** What messages call it: `Broker 0`. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Beside the variables of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** What it prints; that of an earlier one is kept beside it. */
  readonly logFile: string;
}

/** A process of the platform in a session of its own, so that a Ctrl-C reaches it only through the platform. */
export class LocalProcess {
  readonly pid: number;
  /** Settles when the process has ended, with how it ended. */
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
      throw new UserError(`${name} could not be started with ${program}.`, 'see that it is a program that runs here');
    this.pid = this.child.pid;
  }

  get isRunning(): boolean {
    return this.running;
  }

  /** Waits until it is ready. @throws {UserError} when it ends before, or takes longer */
  async until(isReady: () => Promise<boolean>, withinMs: number): Promise<void> {
    const deadline = Date.now() + withinMs;
    while (!(await isReady())) {
      if (!this.running) throw this.crash(await this.exit);
      if (Date.now() > deadline) throw this.crash(`not ready within ${withinMs / 1_000} s`);
      await delay(POLL_MS);
    }
  }

  /** What happened, with the last lines of the log. */
  crash(how: string): UserError {
    return isDown({ ...this.props, how });
  }

  /** In an orderly way, forced after {@link STOP_MS}. */
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

/** A process that does not do what it should, with the last lines of its log. */
export function isDown({ name, how, logFile }: DownProps): UserError {
  const lines = readFileSync(logFile, 'utf8').trim().split('\n').slice(-LAST_LINES);
  return new UserError(
    [`${name} is down: ${how}. Its last lines:`, ...lines].join('\n    '),
    `see all of it in ${logFile}`,
  );
}
