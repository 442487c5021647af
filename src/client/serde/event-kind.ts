import { eventSchemas } from '../../schemas/event-schemas';
import type { EventTopic } from '../encoded';
import type { EventHeaders } from '../producer/record';

/** What the headers of a record say of its value: the name of the topic's event, and the version that is written. */
export function eventKind(topic: EventTopic): Pick<EventHeaders, 'type' | 'version'> {
  const versions = eventSchemas[topic];
  const { name } = versions.at(-1) as { readonly name: string };
  return { type: name, version: String(versions.length) };
}
