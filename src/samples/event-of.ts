import { PermanentError } from '../client/consumer/errors';

/** The event of a record of a topic from which nothing is ever deleted. @throws {PermanentError} for a tombstone */
export function eventOf<E>({ topic, value }: { readonly topic: string; readonly value: E | null }): E {
  if (value === null) throw new PermanentError(`${topic}: a tombstone stands where an event should`);
  return value;
}
