import { retry } from '../waiting/retry';
import { failureKind } from './failure-kind';

const PAUSE_MS = 500;

/** One minute: enough for leader elections, name resolution and network policies of new pods. */
export const RETRY_FOR_MS = 60_000;

const canRetry = (error: unknown): boolean => ['passing', 'missing-topic'].includes(failureKind(error));

/** Retries temporary errors, including a topic that does not exist yet. @throws the last error after the time limit */
export const withRetries = <T>(work: () => Promise<T>, withinMs = RETRY_FOR_MS): Promise<T> =>
  retry(work, { canRetry, withinMs, everyMs: PAUSE_MS });
