import type { TopicName } from '../../topics/catalogue';
import type { ConsumedRecord } from '../consumer/record';
import type { TransactionRecord } from '../transactions/transaction-record';
import { failureHeaders, type Failure } from './failure-headers';

/** The same bytes of key and value, headers and timestamp, for the partition of the same number, with the reasons beside. */
export const deadLetter = (record: ConsumedRecord, failure: Failure, topic: TopicName): TransactionRecord => {
  const { key, value, partition, timestamp } = record;
  // Bytes that have stood in one topic are right for where its records are kept.
  return { topic, key, value, partition, timestamp, headers: failureHeaders(record, failure) } as TransactionRecord;
};
