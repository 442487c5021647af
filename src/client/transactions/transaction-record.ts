import type { TopicName } from '../../topics/catalogue';
import type { OutgoingRecord } from '../producer/record';

/** A record and where it goes. */
export interface RecordFor<T extends TopicName> extends OutgoingRecord<T> {
  readonly topic: T;
}

/** A record of any topic, with a value that its topic takes. */
export type TransactionRecord = { [T in TopicName]: RecordFor<T> }[TopicName];
