import { timestampOf, type ConsumedRecord } from '../consumer/record';
import type { TransactionRecord } from '../transactions/transaction-record';
import { failureHeaders, type Failure } from './failure-headers';

/**
 * The copy of a failed record: the same key, value, headers and timestamp, for the same partition number, with
 * additional headers for the failure.
 */
export const deadLetter = (record: ConsumedRecord, failure: Failure, topic: string): TransactionRecord => {
  const { key, value, partition } = record;
  const isExact = record.exactTimestamp === undefined && record.timestamp >= 0;
  const timestamp = isExact ? record.timestamp : timestampOf(record);
  // Bytes that were valid in the source topic are valid in the topic for its failed records.
  return { topic, key, value, partition, timestamp, headers: failureHeaders(record, failure) };
};
