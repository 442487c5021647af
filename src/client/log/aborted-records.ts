import type { DecodedRecord } from 'kafkajs/src/protocol/recordBatch/v0/decoder';
import type { AbortedTransaction } from '../../protocol/fetch-log';

/** Type in the key of a control record, after the version. */
const ABORT = 0;

/**
 * Returns a function that tells for each record whether its transaction was aborted. It must be called for every
 * fetched record, including control records, in the order of the log.
 * @param aborted aborted transactions in any order; brokers list them in the order in which they ended
 */
export function abortedRecords(aborted: readonly AbortedTransaction[]): (record: DecodedRecord) => boolean {
  const waiting = [...aborted].sort((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  const begun = new Set<string>();
  let next = 0;
  return ({ offset, key, isControlRecord, batchContext: { producerId, inTransaction } }) => {
    for (let one = waiting[next]; one !== undefined && one.firstOffset <= BigInt(offset); one = waiting[++next])
      begun.add(String(one.producerId));
    if (!isControlRecord) return inTransaction && begun.has(producerId);
    if (key?.readInt16BE(2) === ABORT) begun.delete(producerId);
    return false;
  };
}
