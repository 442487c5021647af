import type { ClientMetrics } from '../client/metrics/client-metrics';
import type { ServiceSettings } from './settings';

/** What a sample is given. */
export interface SampleContext extends Pick<ServiceSettings, 'bootstrap' | 'registry' | 'instance'> {
  /** Of everything that the process has to tell Prometheus. */
  readonly metrics: ClientMetrics;
  /** Writes a line to the log. */
  readonly say: (line: string) => void;
}

/** What a sample that makes events is given. */
export interface GeneratorContext extends SampleContext {
  readonly eventsPerSecond: number;
}

/** A sample at work. */
export interface RunningSample {
  /** Whether it does its work now: a member of its group, or its records are delivered. */
  readonly isReady: boolean;
  /** Resolves once closed. Rejects when it ended otherwise; an `exitCode` of the error is that of the process. */
  readonly ended: Promise<void>;
  /** Begins nothing more and finishes what it can by then, in milliseconds from now. */
  close(deadlineMs: number): Promise<unknown>;
}

/** Starts a sample. When that fails it is called again for the first minutes: nothing of a failed start may live on. */
export type Sample = (context: SampleContext) => Promise<RunningSample>;

/** As `Sample`, of one that makes events. */
export type Generator = (context: GeneratorContext) => Promise<RunningSample>;
