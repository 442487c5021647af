import type { ConsumedRecord } from '../client/consumer/record';
import type { EventTopic } from '../client/encoded';
import type { EventOf } from '../schemas/events';

/** The part of a serde that reads one topic. */
interface Reader<T extends EventTopic> {
  readonly decode: (topic: T, bytes: Buffer | null) => EventOf<T> | Promise<EventOf<T>>;
}

/** The events of records, in their order. @throws {PermanentError} when one of them has none that can be read */
export async function decodeAll<T extends EventTopic>(
  serde: Reader<NoInfer<T>>,
  records: readonly ConsumedRecord<T>[],
): Promise<readonly EventOf<T>[]> {
  const events: EventOf<T>[] = [];
  // One after another: of several at once, the first that fails would leave the others to fail unseen.
  for (const { topic, value } of records) events.push(await serde.decode(topic, value));
  return events;
}
