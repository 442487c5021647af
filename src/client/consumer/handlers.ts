import type { TopicName } from '../../topics/catalogue';
import type { ConsumedRecord } from './record';

/** What a handler is told beside its records. */
export interface HandlingContext {
  /** Counts from 1; it begins again in another process. */
  readonly attempt: number;
  /**
   * Fires when the record is abandoned, or the call's time is over: it will be handled again, by this consumer or by
   * another, and maybe at the same time as by a call that goes on.
   */
  readonly signal: AbortSignal;
}

/** Resolves when the record's effects are durable; what it throws decides what happens next, see `errors.ts`. */
export type RecordHandler<T extends TopicName> = (
  record: ConsumedRecord<T>,
  context: HandlingContext,
) => Promise<void> | void;

/** As for one record, for several of the same partition in the order of the log. */
export type BatchHandler<T extends TopicName> = (
  records: readonly ConsumedRecord<T>[],
  context: HandlingContext,
) => Promise<void> | void;

/** A record that will not be handled. */
export interface PermanentFailure<T extends TopicName> {
  readonly record: ConsumedRecord<T>;
  readonly error: unknown;
  readonly attempts: number;
}

/** Where a record went that will not be handled here: to the dead letters for good, or to where it is tried again later. */
export type KeptAs = 'dead_lettered' | 'retried';

/** Keeps what failed for good. The record counts as done, and may be committed, once this resolves. */
export type PermanentSink<T extends TopicName> = (failure: PermanentFailure<T>) => Promise<KeptAs>;

/** Either one record a call, or up to `batchRecords`. */
export type Work<T extends TopicName> =
  | { readonly handle: RecordHandler<T>; readonly handleBatch?: undefined; readonly batchRecords?: undefined }
  | {
      readonly handle?: undefined;
      /**
       * The batches of a partition are handled one after another. One that fails permanently is handled again record by
       * record, so that only the poison goes to the sink.
       */
      readonly handleBatch: BatchHandler<T>;
      /** @default 500 */
      readonly batchRecords?: number;
    };
