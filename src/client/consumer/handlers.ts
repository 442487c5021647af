import type { ConsumedRecord } from './record';

/** What a handler receives in addition to its records. */
export interface HandlingContext {
  /** Number of the attempt, from 1. It starts again in another process. */
  readonly attempt: number;
  /**
   * Aborted when the record is abandoned or the time limit of the call passes. The record will be handled again, by
   * this consumer or another one, possibly while this call is still running.
   */
  readonly signal: AbortSignal;
}

/**
 * Resolves when the effects of the record are durable. A thrown error determines what happens next; see `errors.ts`.
 */
export type RecordHandler<T extends string> = (
  record: ConsumedRecord<T>,
  context: HandlingContext,
) => Promise<void> | void;

/** Like `RecordHandler`, for several records of one partition in the order of the log. */
export type BatchHandler<T extends string> = (
  records: readonly ConsumedRecord<T>[],
  context: HandlingContext,
) => Promise<void> | void;

/** A record that will not be handled. */
export interface PermanentFailure<T extends string> {
  readonly record: ConsumedRecord<T>;
  readonly error: unknown;
  readonly attempts: number;
}

/**
 * Where a record that cannot be handled here was written: to the dead letter topic, or to a topic from which it is
 * retried later.
 */
export type KeptAs = 'dead_lettered' | 'retried';

/** Stores a record that failed permanently. After it resolves, the record counts as done and may be committed. */
export type PermanentSink<T extends string> = (failure: PermanentFailure<T>) => Promise<KeptAs>;

/** One record for each handler call, or up to `batchRecords`. */
export type Work<T extends string> =
  | { readonly handle: RecordHandler<T>; readonly handleBatch?: undefined; readonly batchRecords?: undefined }
  | {
      readonly handle?: undefined;
      /**
       * The batches of a partition are handled in sequence. If a batch fails permanently, its records are handled one
       * by one, so that only the failing records go to the sink.
       */
      readonly handleBatch: BatchHandler<T>;
      /** Maximum number of records in one call. @default 500 */
      readonly batchRecords?: number;
    };
