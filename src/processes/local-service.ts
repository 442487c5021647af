import { setTimeout as delay } from 'node:timers/promises';
import { LocalProcess, type LocalProcessProps } from './local-process';

const POLL_MS = 250;

const PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** After being ready for this time, the next failure counts as the first one. */
const STABLE_MS = 60_000;

export interface LocalServiceProps extends LocalProcessProps {
  readonly isReady: () => Promise<boolean>;
  /**
   * Whether the dependencies are available. The process is not started without them, and not blamed for being unready.
   * @default always available
   */
  readonly canRun?: () => Promise<boolean>;
  /** Called before each start to create dependencies. @default none */
  readonly prepare?: () => Promise<void>;
  /** Interval between readiness checks. @default 250 ms */
  readonly lookMs?: number;
  /** Time limit from the start until the process is ready. */
  readonly startMs: number;
  /** Maximum time for which the process may be unready after it was ready. */
  readonly unreadyMs: number;
  /** Waiting time before the second start; it doubles with each further start, up to 30 s. @default 1 s */
  readonly pauseMs?: number;
  /** Called with one line when the process is restarted. */
  readonly say: (line: string) => void;
  /** Called when a process was started, became ready or unready, or ended. */
  readonly onChange: (change: ServiceChange) => void;
}

/** A change of the process's state. */
export interface ServiceChange {
  readonly kind: 'started' | 'ready' | 'unready' | 'ended';
  readonly pid: number;
}

/** Keeps a process running: restarts it if it ends or stays unready, with growing pauses. */
export class LocalService {
  private readonly stopping = new AbortController();
  private process: LocalProcess | undefined;
  private kept: Promise<void> | undefined;
  private readyAt: number | undefined;

  constructor(private readonly props: LocalServiceProps) {}

  /** Undefined while the process is not running. */
  get pid(): number | undefined {
    return this.process?.pid;
  }

  start(): void {
    this.kept ??= this.keep();
  }

  /** Stops the process in an orderly way and does not restart it. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.process?.stop();
    await this.kept;
  }

  private async keep(): Promise<void> {
    const { name, canRun, say, logFile, pauseMs = PAUSE_MS } = this.props;
    let pause = pauseMs;
    for (;;) {
      while (!this.isStopping() && canRun !== undefined && !(await canRun())) await this.wait(POLL_MS);
      if (this.isStopping()) return;
      const how = await this.live();
      if (this.isStopping()) return;
      if (this.readyAt !== undefined && Date.now() - this.readyAt > STABLE_MS) pause = pauseMs;
      say(`${name} ${how}; it will be restarted in ${pause / 1_000} s (see ${logFile}).`);
      await this.wait(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
  }

  /** Runs one process from its start to its end. @returns the way in which it ended */
  private async live(): Promise<string> {
    this.readyAt = undefined;
    const { prepare, onChange } = this.props;
    let process: LocalProcess;
    try {
      await prepare?.();
      if (this.isStopping()) return 'was stopped';
      process = new LocalProcess(this.props);
    } catch (error) {
      return `cannot be started (${(error as Error).message.split('\n')[0] ?? ''})`;
    }
    this.process = process;
    onChange({ kind: 'started', pid: process.pid });
    try {
      return await this.watch(process);
    } finally {
      this.process = undefined;
      onChange({ kind: 'ended', pid: process.pid });
    }
  }

  private async watch(process: LocalProcess): Promise<string> {
    const { isReady, canRun, onChange, startMs, unreadyMs, lookMs = POLL_MS } = this.props;
    let allowedMs = startMs;
    let deadline = Date.now() + allowedMs;
    let wasReady = false;
    for (;;) {
      const ready = await isReady();
      if (!process.isRunning || this.isStopping()) return `has ended (${await process.exit})`;
      if (ready !== wasReady) onChange({ kind: ready ? 'ready' : 'unready', pid: process.pid });
      wasReady = ready;
      if (ready) {
        this.readyAt ??= Date.now();
        allowedMs = unreadyMs;
      }
      if (ready || (canRun !== undefined && !(await canRun()))) deadline = Date.now() + allowedMs;
      if (Date.now() > deadline) {
        await process.stop();
        return `was not ready for ${allowedMs / 1_000} s`;
      }
      await Promise.race([process.exit, this.wait(lookMs)]);
    }
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private wait(ms: number): Promise<void> {
    return delay(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
