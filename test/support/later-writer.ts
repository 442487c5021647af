import type { EventTopic } from '../../examples/catalogue/clients';
import { eventSchemas } from '../../examples/catalogue/schemas/event-schemas';
import type { RegistryClient } from '../../src/registry-client/registry-client';
import { valueSubject, type AvroSchema } from '../../src/avro/subject';
import { framed } from '../../tools/support/framed';

/** Registers a version that is not in the catalogue yet. @returns an encoder of its writer */
export async function laterWriter(registry: RegistryClient, topic: EventTopic): Promise<(event: object) => Buffer> {
  const newest = eventSchemas[topic].at(-1) as { readonly fields: readonly object[] };
  const note = { name: 'note', type: ['null', 'string'], default: null };
  const schema = { ...newest, fields: [...newest.fields, note] } as AvroSchema;
  const id = await registry.register(valueSubject(topic), schema);
  return (event) => framed(id, schema, { ...event, note: null });
}
