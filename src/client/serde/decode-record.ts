import type { ConsumedRecord } from '../consumer/record';
import type { EventTopic } from '../encoded';
import type { EventSerde } from './event-serde';
import type { ReadEvent, ReaderVersions } from './reader-versions';

/** A record with its value read. */
export interface EventRecord<T extends EventTopic, E> extends Omit<ConsumedRecord<T>, 'value'> {
  /** Null for a tombstone. */
  readonly value: E | null;
}

/** A record of any of the topics, each with the type of its own events: the topic tells which. */
export type DecodedRecord<T extends EventTopic, V> = { readonly [K in T]: EventRecord<K, ReadEvent<K, V>> }[T];

/** Reads the value of a record; synchronous, and with the errors of the serde. */
export function decodeRecord<T extends EventTopic, V extends ReaderVersions<T>>(
  serde: EventSerde<T, V>,
  record: ConsumedRecord<T>,
): DecodedRecord<T, V> | Promise<DecodedRecord<T, V>> {
  if (record.value === null) return withValue(record, null);
  const value = serde.decode(record.topic, record.value);
  return value instanceof Promise ? value.then((each) => withValue(record, each)) : withValue(record, value);
}

const withValue = <T extends EventTopic, V>(record: ConsumedRecord<T>, value: unknown): DecodedRecord<T, V> =>
  ({ ...record, value }) as DecodedRecord<T, V>;
