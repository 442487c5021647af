import type { AbortedTransaction } from '../../wire/fetch-log';
import { isAbort, type RecordBatch } from '../../wire/record-batch';

/**
 * Without the records of aborted transactions and the marks at the ends of all. kafkajs's own filter lets some of them
 * through when aborted transactions overlap, for it takes the brokers' list for sorted.
 * @param aborted all that reach into the batches
 */
export function* committedBatches(
  batches: Iterable<RecordBatch>,
  aborted: readonly AbortedTransaction[],
): Generator<RecordBatch> {
  const coming = [...aborted].sort((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  const open = new Set<bigint>();
  for (const batch of batches) {
    const { producerId, lastOffset, isControl, isTransactional } = batch;
    for (let next = coming[0]; next !== undefined && next.firstOffset <= lastOffset; next = coming[0]) {
      open.add(next.producerId);
      coming.shift();
    }
    if (isControl) {
      if (isAbort(batch)) open.delete(producerId);
    } else if (!isTransactional || !open.has(producerId)) yield batch;
  }
}
