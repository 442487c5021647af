import type { TopicName } from '../../topics/catalogue';
import type { OutgoingRecord } from '../producer/record';

/** A record and where it goes. */
export interface RecordFor<T extends TopicName> extends OutgoingRecord<T> {
  readonly topic: T;
  /** @default by its key as Kafka's Java client does, any one without a key */
  readonly partition?: number;
}

/** A record of any topic, with a value that its topic takes. */
export type TransactionRecord = { [T in TopicName]: RecordFor<T> }[TopicName];
