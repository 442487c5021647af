import type { EachBatchPayload } from 'kafkajs';
import { patch } from './patch-kafkajs';

type EachBatch = (payload: EachBatchPayload) => Promise<void>;

/** The used part of kafkajs's private batch class: the data that one fetch returned for a partition. */
interface Batch {
  /** Whether data was fetched that contains no records visible to `read_committed` consumers. */
  readonly isEmptyDueToFiltering: () => boolean;
  readonly isEmpty: () => boolean;
}

/** The used part of kafkajs's private consumer loop. */
interface Runner {
  readonly eachBatch?: EachBatch;
  handleBatch: (this: Runner, batch: Batch) => Promise<void>;
}

const takers = new WeakSet<EachBatch>();

/**
 * Makes kafkajs pass batches without records to this `eachBatch`, too. If a fetch returns only aborted records and
 * control batches, kafkajs 2.2.4 advances in memory without calling `eachBatch`. The group then commits nothing until
 * another record follows, and its lag does not end. Other consumers of the process are not affected.
 */
export function withBatchesWithoutRecords(eachBatch: EachBatch): EachBatch {
  deliverThem();
  takers.add(eachBatch);
  return eachBatch;
}

const deliverThem = patch('Runner', (runner: Runner) => {
  const { handleBatch } = runner;
  runner.handleBatch = function (batch) {
    const isTaken = this.eachBatch !== undefined && takers.has(this.eachBatch) && batch.isEmptyDueToFiltering();
    return handleBatch.call(this, isTaken ? delivered(batch) : batch);
  };
});

/** The same batch, reported as not empty. */
const delivered = (batch: Batch): Batch =>
  Object.create(batch, {
    isEmptyDueToFiltering: { value: () => false },
    isEmpty: { value: () => false },
  }) as Batch;
