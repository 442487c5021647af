import { setTimeout as delay } from 'node:timers/promises';
import { LocalProcess, type LocalProcessProps } from './local-process';

const POLL_MS = 250;

const PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** After being ready for this long, a failure counts as the first again. */
const STABLE_MS = 60_000;

export interface LocalServiceProps extends LocalProcessProps {
  readonly isReady: () => Promise<boolean>;
  /** Whether what it needs is there. It is not started before, nor blamed for not being ready. @default always */
  readonly canRun?: () => Promise<boolean>;
  /** Makes what it needs, before each start. @default nothing */
  readonly prepare?: () => Promise<void>;
  /** Between two looks whether it is ready. @default 250 ms */
  readonly lookMs?: number;
  /** How long it may take from its start until it is ready. */
  readonly startMs: number;
  /** How long it may be without being ready after it was. */
  readonly unreadyMs: number;
  /** Pause before the second start; each further one doubles it, up to 30 s. @default 1 s */
  readonly pauseMs?: number;
  /** Told in one line when it is started again. */
  readonly say: (line: string) => void;
  /** Told of a process that was started, has become ready or unready, or has ended. */
  readonly onChange: (change: ServiceChange) => void;
}

/** What has become of a service. */
export interface ServiceChange {
  readonly kind: 'started' | 'ready' | 'unready' | 'ended';
  readonly pid: number;
}

/** A process that is kept running: started again when it ended or stays unready, ever more slowly while that goes on. */
export class LocalService {
  private readonly stopping = new AbortController();
  private process: LocalProcess | undefined;
  private kept: Promise<void> | undefined;
  private readyAt: number | undefined;

  constructor(private readonly props: LocalServiceProps) {}

  /** Nothing while it does not run. */
  get pid(): number | undefined {
    return this.process?.pid;
  }

  start(): void {
    this.kept ??= this.keep();
  }

  /** Stops it in an orderly way, for good. */
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
      say(`${name} ${how}; it is started again in ${pause / 1_000} s (see ${logFile}).`);
      await this.wait(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
  }

  /** One process from its start to its end. @returns how it ended */
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
    let patience = startMs;
    let deadline = Date.now() + patience;
    let wasReady = false;
    for (;;) {
      const ready = await isReady();
      if (!process.isRunning || this.isStopping()) return `has ended (${await process.exit})`;
      if (ready !== wasReady) onChange({ kind: ready ? 'ready' : 'unready', pid: process.pid });
      wasReady = ready;
      if (ready) {
        this.readyAt ??= Date.now();
        patience = unreadyMs;
      }
      if (ready || (canRun !== undefined && !(await canRun()))) deadline = Date.now() + patience;
      if (Date.now() > deadline) {
        await process.stop();
        return `was not ready for ${patience / 1_000} s`;
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
