import type { DeadLetter } from './dead-letter';

/** Filters for dead letter records. A record must match all of them. */
export interface Filters {
  readonly partition?: number | undefined;
  /** First offset. */
  readonly from?: bigint | undefined;
  /** Last offset. */
  readonly to?: bigint | undefined;
  /** The whole key, as `list` shows it. */
  readonly key?: string | undefined;
  /** Part of the error message; case is ignored. */
  readonly error?: string | undefined;
  /** Earliest timestamp of the record, in milliseconds since 1970. */
  readonly since?: number | undefined;
  /** Latest timestamp of the record, in milliseconds since 1970. */
  readonly until?: number | undefined;
}

export const matches = (deadLetter: DeadLetter, filters: Filters): boolean =>
  (filters.partition === undefined || deadLetter.partition === filters.partition) &&
  (filters.from === undefined || deadLetter.offset >= filters.from) &&
  (filters.to === undefined || deadLetter.offset <= filters.to) &&
  (filters.key === undefined || deadLetter.key === filters.key) &&
  (filters.error === undefined || deadLetter.message.toLowerCase().includes(filters.error.toLowerCase())) &&
  (filters.since === undefined || deadLetter.timestamp >= filters.since) &&
  (filters.until === undefined || deadLetter.timestamp <= filters.until);
