import { PermanentError } from 'kafka-platform/client';

/** The event of a record, for topics without tombstones. @throws {PermanentError} for a tombstone */
export function eventOf<E>({ topic, value }: { readonly topic: string; readonly value: E | null }): E {
  if (value === null) throw new PermanentError(`${topic}: a tombstone stands where an event should`);
  return value;
}
