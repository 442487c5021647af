import { once } from 'node:events';
import type { Server } from 'node:http';
import type { ClientMetrics } from 'kafka-platform/client';
import { oneLine } from './one-line';
import { ProgramError } from './program-error';
import type { RunningApplication } from './application';
import { applicationServer, type Health } from './server';
import { startAgain } from './start-again';

interface LifecycleProps {
  readonly name: string;
  readonly port: number;
  /** The only address to listen on. @default all addresses */
  readonly host?: string;
  /** Time limit of a graceful shutdown. */
  readonly shutdownMs: number;
  readonly metrics: ClientMetrics;
  readonly say: (line: string) => void;
  /** Called again while it fails. */
  readonly start: () => Promise<RunningApplication>;
  /** How long it is called again. @default 5 minutes */
  readonly startWithinMs?: number;
}

/** A registry on a busy node takes some minutes to start, followed by the Job that registers its schemas. */
const START_MS = 5 * 60_000;

type Phase = 'starting' | 'working' | 'closing' | 'failed';

/** Exit code if the error does not specify one. */
const FAILED = 1;

/** Share of the shutdown time for the application; the rest is for reporting that it was not enough. */
const APPLICATION_SHARE = 0.9;

/** Runs an application from its start to its end, and answers health checks in the meantime. */
export class Lifecycle implements Health {
  private phase: Phase = 'starting';
  private running: RunningApplication | undefined;
  private readonly stopping = new AbortController();
  private readonly ending = new AbortController();

  constructor(private readonly props: LifecycleProps) {}

  get isHealthy(): boolean {
    return this.phase !== 'failed';
  }

  get isReady(): boolean {
    return this.phase === 'working' && this.running?.isReady === true;
  }

  /**
   * Serves HTTP and runs the application to its end.
   * @returns the exit code for the process
   * @throws {ProgramError} if the port is in use
   */
  async run(): Promise<number> {
    const server = await this.listen();
    try {
      return await Promise.race([this.live(), this.overdue()]);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  }

  /** Shuts down gracefully: the process is no longer ready, and the application closes. */
  stop(): void {
    if (this.phase !== 'failed') this.phase = 'closing';
    this.stopping.abort();
    this.ending.abort();
  }

  private async listen(): Promise<Server> {
    const { metrics, name, port, host } = this.props;
    const server = applicationServer({ health: this, metrics }).listen({ port, host });
    try {
      await once(server, 'listening');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      throw new ProgramError(
        `Another process already listens on port ${port}; ${name} cannot.\n  fix: stop it, or give this one another`,
      );
    }
    return server;
  }

  private async live(): Promise<number> {
    const { name, start, say, startWithinMs: withinMs = START_MS } = this.props;
    const { signal } = this.stopping;
    try {
      const application = await startAgain({ name, start, say, signal, withinMs });
      return application === undefined ? 0 : await this.work(application);
    } catch (error) {
      return this.failed(error);
    }
  }

  private async work(application: RunningApplication): Promise<number> {
    const { say, shutdownMs } = this.props;
    const { signal } = this.stopping;
    this.running = application;
    if (!signal.aborted) {
      this.phase = 'working';
      say('started');
    }
    const code = await Promise.race([application.ended, aborted(signal)]).then(
      () => 0,
      (error: unknown) => this.failed(error),
    );
    this.stop();
    await application.close(shutdownMs * APPLICATION_SHARE);
    say('closed');
    return code;
  }

  private failed(error: unknown): number {
    this.phase = 'failed';
    this.ending.abort();
    this.props.say(oneLine(error));
    const { exitCode } = (error ?? {}) as { exitCode?: unknown };
    return typeof exitCode === 'number' ? exitCode : FAILED;
  }

  /** Resolves only if the shutdown takes too long. */
  private async overdue(): Promise<number> {
    const { say, shutdownMs } = this.props;
    await aborted(this.ending.signal);
    await new Promise((over) => setTimeout(over, shutdownMs).unref());
    if (this.running === undefined && this.isHealthy) {
      // Nothing has been handled yet, so nothing can remain unfinished.
      say('had not started, ends all the same');
      return 0;
    }
    say(`not closed within ${shutdownMs} ms, ends all the same`);
    return FAILED;
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
