import type { EachBatchPayload } from 'kafkajs';
import type { GroupPositions } from '../positions/group-positions';
import { requestedOf } from '../positions/registrations';
import type { FetchedBatch } from './commits';

/** What was fetched of a partition, and the log that it was read from. */
export interface Fetched {
  readonly batch: FetchedBatch;
  /**
   * Whether reading continues with this batch. It does not if the log was replaced, or the position in it was changed,
   * after kafkajs had determined the offset.
   */
  readonly isNext: () => boolean;
  /** Resolving an offset advances the log of the batch, and never a log that has replaced it. */
  readonly payload: EachBatchPayload;
}

/** Without a known log, as kafkajs fetched it. */
export function fetchedOf(payload: EachBatchPayload, positions: GroupPositions): Fetched {
  const { topic, partition } = payload.batch;
  const requested = requestedOf(payload.batch);
  const log = requested?.log;
  const isOutdated = (): boolean => log !== undefined && !positions.isCurrent(log);
  return {
    batch: { topic, partition, firstOffset: BigInt(payload.batch.firstOffset() ?? 0), log, isOutdated },
    isNext: () => requested === undefined || positions.isNext(requested),
    payload: log === undefined ? payload : { ...payload, resolveOffset: (offset) => log.advance(BigInt(offset) + 1n) },
  };
}
