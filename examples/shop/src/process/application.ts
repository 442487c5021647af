import type { ClientMetrics, KafkaConnection } from 'kafka-platform/client';
import type { ApplicationSettings } from './settings';

/** What an application receives at its start. */
export interface ApplicationContext extends Pick<ApplicationSettings, 'registry' | 'rackId' | 'instance'> {
  /** The client id is the name of the program. */
  readonly connection: KafkaConnection;
  /** Metrics of the process. */
  readonly metrics: ClientMetrics;
  /** Writes a line to the log. */
  readonly say: (line: string) => void;
}

/** What an application that creates events receives at its start. */
export interface GeneratorContext extends ApplicationContext {
  readonly eventsPerSecond: number;
  /**
   * Whether some events can never be handled, so that dead letter records and their alert can be demonstrated. @default
   * false
   */
  readonly withFailures?: boolean;
}

/** A running application. */
export interface RunningApplication {
  /** Whether it currently works: its consumer is a member of its group, or its records are delivered. */
  readonly isReady: boolean;
  /**
   * Resolves after `close`. Rejects if the application ended for another reason; a property `exitCode` of the error is
   * the exit code of the process.
   */
  readonly ended: Promise<void>;
  /** Starts no new work and finishes current work within the deadline, in milliseconds from now. */
  close(deadlineMs: number): Promise<unknown>;
}

/**
 * Starts an application. If it fails, it is called again during the first minutes; a failed start must leave nothing
 * running.
 */
export type Application = (context: ApplicationContext) => Promise<RunningApplication>;

/** Like `Application`, for one that creates events. */
export type Generator = (context: GeneratorContext) => Promise<RunningApplication>;
