import { once } from 'node:events';
import type { Server } from 'node:http';
import type { ClientMetrics } from '../client/metrics/client-metrics';
import { UserError } from '../console/user-error';
import { oneLine } from './one-line';
import type { RunningSample } from './sample';
import { serviceServer, type Health } from './server';
import { startPatiently } from './start-patiently';

interface ServiceProps {
  readonly name: string;
  readonly port: number;
  /** Only there does it answer. @default everywhere */
  readonly host?: string;
  /** How long a graceful end may take. */
  readonly shutdownMs: number;
  readonly metrics: ClientMetrics;
  readonly say: (line: string) => void;
  /** Called again while it fails. */
  readonly start: () => Promise<RunningSample>;
  /** For how long it is called again. @default 5 minutes */
  readonly startWithinMs?: number;
}

/** A registry on a busy node takes some minutes to start, and the Job that registers its schemas comes behind it. */
const START_MS = 5 * 60_000;

type Phase = 'starting' | 'working' | 'closing' | 'failed';

/** Exit code of what ended badly and named none. */
const FAILED = 1;

/** Of the time that a graceful end may take; the rest is for saying that it was not enough. */
const SAMPLE_SHARE = 0.9;

/** A sample from its start to its end, and what the process answers meanwhile. */
export class Service implements Health {
  private phase: Phase = 'starting';
  private running: RunningSample | undefined;
  private readonly stopping = new AbortController();
  private readonly ending = new AbortController();

  constructor(private readonly props: ServiceProps) {}

  get isHealthy(): boolean {
    return this.phase !== 'failed';
  }

  get isReady(): boolean {
    return this.phase === 'working' && this.running?.isReady === true;
  }

  /**
   * Answers over HTTP and runs the sample, to its end.
   * @returns what the process should exit with
   * @throws {UserError} when the port is taken
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

  /** Ends gracefully: it is not ready any more, and its sample closes. */
  stop(): void {
    if (this.phase !== 'failed') this.phase = 'closing';
    this.stopping.abort();
    this.ending.abort();
  }

  private async listen(): Promise<Server> {
    const { metrics, name, port, host } = this.props;
    const server = serviceServer({ health: this, metrics }).listen({ port, host });
    try {
      await once(server, 'listening');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      throw new UserError(
        `Another process already listens on port ${port}; ${name} cannot.`,
        'stop it, or give this one another',
      );
    }
    return server;
  }

  private async live(): Promise<number> {
    const { name, start, say, startWithinMs: withinMs = START_MS } = this.props;
    const { signal } = this.stopping;
    try {
      const sample = await startPatiently({ name, start, say, signal, withinMs });
      return sample === undefined ? 0 : await this.work(sample);
    } catch (error) {
      return this.failed(error);
    }
  }

  private async work(sample: RunningSample): Promise<number> {
    const { say, shutdownMs } = this.props;
    const { signal } = this.stopping;
    this.running = sample;
    if (!signal.aborted) {
      this.phase = 'working';
      say('started');
    }
    const code = await Promise.race([sample.ended, aborted(signal)]).then(
      () => 0,
      (error: unknown) => this.failed(error),
    );
    this.stop();
    await sample.close(shutdownMs * SAMPLE_SHARE);
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

  /** Never, unless the end takes too long. */
  private async overdue(): Promise<number> {
    const { say, shutdownMs } = this.props;
    await aborted(this.ending.signal);
    await new Promise((over) => setTimeout(over, shutdownMs).unref());
    if (this.running === undefined && this.isHealthy) {
      // Nothing was handled yet that could be left half done.
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
