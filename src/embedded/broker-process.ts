import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, openSync, closeSync, readFileSync, renameSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../console/user-error';
import type { BrokerNode } from '../render/layout';
import { opens } from '../wire/opens';
import { signal } from './processes';

/** Short of what a terminal's user waits for: after it, a stop is forced. */
export const STOP_MS = 12_000;

const POLL_MS = 50;
const LAST_LINES = 12;

interface BrokerProcessProps {
  readonly node: BrokerNode;
  readonly java: string;
  readonly args: readonly string[];
  readonly logFile: string;
}

/** One broker as a process of its own session, so that a Ctrl-C reaches it only through its platform. */
export class BrokerProcess {
  readonly pid: number;
  /** Settles when the process has ended, with how it ended. */
  readonly exit: Promise<string>;
  private running = true;
  private readonly child: ChildProcess;

  constructor(private readonly props: BrokerProcessProps) {
    const { java, args, logFile } = props;
    if (existsSync(logFile)) renameSync(logFile, `${logFile}.previous`);
    const log = openSync(logFile, 'a');
    this.child = spawn(java, args, { detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    this.exit = new Promise((done) => {
      this.child.once('error', (error) => done(error.message));
      this.child.once('exit', (code, name) => done(name === null ? `exit code ${code ?? '?'}` : `signal ${name}`));
    });
    void this.exit.then(() => (this.running = false));
    if (this.child.pid === undefined)
      throw new UserError(`${java} could not be started.`, 'see that it is a Java program');
    this.pid = this.child.pid;
  }

  get nodeId(): number {
    return this.props.node.id;
  }

  get isRunning(): boolean {
    return this.running;
  }

  /** Waits for the client port, which Kafka opens once the broker is registered and not fenced. */
  async accepting(withinMs: number): Promise<void> {
    const deadline = Date.now() + withinMs;
    const { host, ports } = this.props.node;
    while (!(await opens(host, ports.client))) {
      if (!this.running) throw this.crash(await this.exit);
      if (Date.now() > deadline) throw this.crash(`not ready within ${withinMs / 1_000} s`);
      await delay(POLL_MS);
    }
  }

  /** What happened, with the last lines of the log. */
  crash(how: string): UserError {
    const lines = readFileSync(this.props.logFile, 'utf8').trim().split('\n').slice(-LAST_LINES);
    return new UserError(
      [`Broker ${this.nodeId} is down: ${how}. Its last lines:`, ...lines].join('\n    '),
      `see all of it in ${this.props.logFile}`,
    );
  }

  /** Controlled shutdown, forced after {@link STOP_MS}. */
  async stop(): Promise<void> {
    if (!this.running) return;
    signal(this.pid, 'SIGTERM');
    const stopped = await Promise.race([this.exit.then(() => true), delay(STOP_MS, false, { ref: false })]);
    if (!stopped) signal(this.pid, 'SIGKILL');
    await this.exit;
  }
}
