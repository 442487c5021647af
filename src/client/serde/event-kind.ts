import type { AvroSchema } from '../../avro/subject';
import type { EventHeaders } from '../producer/record';

/**
 * Header values for a value of the topic: the name of the event, and the version with which it is written.
 * @param versions schemas of the topic's values, oldest first
 */
export function eventKind(versions: readonly AvroSchema[]): Pick<EventHeaders, 'type' | 'version'> {
  const { name } = versions.at(-1) as { readonly name: string };
  return { type: name, version: String(versions.length) };
}
