import type { ConsumedRecord } from '../consumer/record';
import type { EventSchemas, EventTopic } from '../catalogue';
import type { EventSerde } from './event-serde';
import type { ReadEvent, ReaderVersions } from './reader-versions';

/** A record with its decoded value. */
export interface EventRecord<T extends string, E> extends Omit<ConsumedRecord<T>, 'value'> {
  /** Null for a tombstone. */
  readonly value: E | null;
}

/** A record of any of the topics. The topic determines the type of its value. */
export type DecodedRecord<S extends EventSchemas, T extends EventTopic<S>, V> = {
  readonly [K in T]: EventRecord<K, ReadEvent<S, K, V>>;
}[T];

/** Decodes the value of a record: synchronously if possible, with the errors of the serde. */
export function decodeRecord<S extends EventSchemas, T extends EventTopic<S>, V extends ReaderVersions<S, T>>(
  serde: EventSerde<S, T, V>,
  record: ConsumedRecord<T>,
): DecodedRecord<S, T, V> | Promise<DecodedRecord<S, T, V>> {
  if (record.value === null) return withValue<S, T, V>(record, null);
  const value = serde.decode(record.topic, record.value);
  return value instanceof Promise
    ? value.then((each) => withValue<S, T, V>(record, each))
    : withValue<S, T, V>(record, value);
}

const withValue = <S extends EventSchemas, T extends EventTopic<S>, V>(
  record: ConsumedRecord<T>,
  value: unknown,
): DecodedRecord<S, T, V> => ({ ...record, value }) as DecodedRecord<S, T, V>;
