import type { EventTopic } from '../../src/client/encoded';
import { eventSchemas } from '../../src/schemas/event-schemas';
import type { RegistryClient } from '../../src/schemas/registry-client';
import { valueSubject, type AvroSchema } from '../../src/schemas/subject';
import { framed } from './framed';

/** Registers a version that the catalogue does not have yet. @returns how its writer writes an event */
export async function laterWriter(registry: RegistryClient, topic: EventTopic): Promise<(event: object) => Buffer> {
  const newest = eventSchemas[topic].at(-1) as { readonly fields: readonly object[] };
  const note = { name: 'note', type: ['null', 'string'], default: null };
  const schema = { ...newest, fields: [...newest.fields, note] } as AvroSchema;
  const id = await registry.register(valueSubject(topic), schema);
  return (event) => framed(id, schema, { ...event, note: null });
}
