import type { Letter } from './letter';

/** Which letters are meant: those to which all of it applies. */
export interface Filters {
  readonly partition?: number | undefined;
  /** First offset. */
  readonly from?: bigint | undefined;
  /** Last offset. */
  readonly to?: bigint | undefined;
  /** The whole key. */
  readonly key?: string | undefined;
  /** A part of the error's message, in upper or lower case. */
  readonly error?: string | undefined;
  /** Earliest time of the record, milliseconds since 1970. */
  readonly since?: number | undefined;
  /** Latest time of the record, milliseconds since 1970. */
  readonly until?: number | undefined;
}

export const matches = (letter: Letter, filters: Filters): boolean =>
  (filters.partition === undefined || letter.partition === filters.partition) &&
  (filters.from === undefined || letter.offset >= filters.from) &&
  (filters.to === undefined || letter.offset <= filters.to) &&
  (filters.key === undefined || letter.key === filters.key) &&
  (filters.error === undefined || letter.message.toLowerCase().includes(filters.error.toLowerCase())) &&
  (filters.since === undefined || letter.timestamp >= filters.since) &&
  (filters.until === undefined || letter.timestamp <= filters.until);
