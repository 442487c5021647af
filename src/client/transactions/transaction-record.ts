import type { Catalogue, NoSchemas, SchemasOf, TopicOf } from '../catalogue';
import type { OutgoingRecord } from '../producer/record';

/** A record and its topic. */
export interface RecordFor<T extends string, S = NoSchemas> extends OutgoingRecord<T, S> {
  readonly topic: T;
}

/** A record of any topic of the catalogue, with a value of the topic's type. */
export type TransactionRecord<C extends Catalogue = Catalogue> = {
  [T in TopicOf<C>]: RecordFor<T, SchemasOf<C>>;
}[TopicOf<C>];

/** The same records without the types of their topics: all values are bytes or text. */
export const untyped = <C extends Catalogue>(records: readonly TransactionRecord<C>[]): readonly TransactionRecord[] =>
  records as readonly unknown[] as readonly TransactionRecord[];
