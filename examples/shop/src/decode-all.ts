import type { EventOf, EventTopic } from '../clients';
import type { ConsumedRecord } from 'kafka-platform/client';

/** The part of a serde that decodes values of one topic. */
interface Reader<T extends EventTopic> {
  readonly decode: (topic: T, bytes: Buffer | null) => EventOf<T> | Promise<EventOf<T>>;
}

/** Decodes the events of records, in order. @throws {PermanentError} if a record cannot be decoded */
export async function decodeAll<T extends EventTopic>(
  serde: Reader<NoInfer<T>>,
  records: readonly ConsumedRecord<T>[],
): Promise<readonly EventOf<T>[]> {
  const events: EventOf<T>[] = [];
  // Decodes in sequence. In parallel, a failure would leave further failures unhandled.
  for (const { topic, value } of records) events.push(await serde.decode(topic, value));
  return events;
}
