import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const STOP_MS = 20_000;
const RESTART_MS = 200;
const LAST_LINES = 20;

interface FleetProps {
  /** A TypeScript program that ends when its standard input ends. */
  readonly script: string;
  readonly args: readonly string[];
  /** File for the output of the processes. */
  readonly logFile: string;
}

/** Processes of one program, supervised like a Deployment: a process that ends is restarted. */
export class Fleet {
  /** Number of processes that ended without a fault. */
  crashes = 0;
  private readonly members: ChildProcess[] = [];
  private readonly expected = new WeakSet<ChildProcess>();
  private isStopping = false;

  constructor(private readonly props: FleetProps) {}

  /** The first processes stay; surplus ones are asked to end and awaited. */
  async scale(count: number): Promise<void> {
    while (this.members.length < count) this.spawn();
    await Promise.all(this.members.splice(count).map((child) => this.end(child)));
  }

  /** @param pick number from 0 (inclusive) to 1 (exclusive) that selects the process */
  kill(pick: number): void {
    const child = this.chosen(pick);
    if (child === undefined) return;
    this.expected.add(child);
    child.kill('SIGKILL');
  }

  /** Stops a process for a time, like a hanging node: the group considers it gone, and the process does not know. */
  async freeze(pick: number, forMs: number): Promise<void> {
    const child = this.chosen(pick);
    child?.kill('SIGSTOP');
    await delay(forMs);
    child?.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.scale(0);
  }

  /** The last lines of the processes' output. */
  lastWords(): string {
    return readFileSync(this.props.logFile, 'utf8').trim().split('\n').slice(-LAST_LINES).join('\n');
  }

  private chosen(pick: number): ChildProcess | undefined {
    return this.members[Math.floor(pick * this.members.length)];
  }

  private spawn(): void {
    const { script, args, logFile } = this.props;
    const log = openSync(logFile, 'a');
    const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], { stdio: ['pipe', log, log] });
    closeSync(log);
    this.members.push(child);
    child.once('exit', () => void this.replace(child));
  }

  private async replace(child: ChildProcess): Promise<void> {
    const index = this.members.indexOf(child);
    if (index === -1) return;
    this.members.splice(index, 1);
    if (!this.expected.has(child)) this.crashes += 1;
    const size = this.members.length;
    await delay(RESTART_MS);
    if (!this.isStopping && this.members.length === size) this.spawn();
  }

  private async end(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    const forced = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await exit;
    clearTimeout(forced);
  }
}
