import { RetryingConsumer } from '../../src/client/retry/retrying-consumer';
import { decoded } from '../../src/client/serde/decoded';
import { EventSerde } from '../../src/client/serde/event-serde';
import { eventSchemas } from '../../examples/catalogue/schemas/event-schemas';
import { valueSubject, type AvroSchema } from '../../src/avro/subject';
import type { RetryChain } from '../../src/client/retry/retry-chain';
import { framed } from '../../tools/support/framed';
import { nameOf, type NamedRecords } from './named-records';
import type { PlatformWithRegistry } from '../../tools/support/platform-with-registry';
import { until } from './until';

interface Views {
  readonly platform: PlatformWithRegistry;
  readonly chain: RetryChain<'page-views'>;
  readonly records: NamedRecords;
}

const SUBJECT = valueSubject('page-views');
const NAMES = Array.from({ length: 5 }, (_, number) => `referring-${number}`);
const DEVICE = { type: 'record', name: 'Device', namespace: 'shop', fields: [{ name: 'name', type: 'string' }] };
const REFERENCE = { name: 'shop.Device', subject: 'device', version: 1 };
const [VIEW] = eventSchemas['page-views'] as readonly [{ readonly fields: readonly { readonly name: string }[] }];

/**
 * Page views of two versions that are registered in `page-views-value` without the catalogue: five records whose schema
 * refers to another subject, then one whose schema has no `path`.
 * @returns names of the handled records, and the reason why the consumer ended
 */
export async function viewsPastTheCatalogue({ platform, chain, records }: Views) {
  await platform.client.register('device', DEVICE);
  await platform.client.setCompatibility(SUBJECT, 'NONE');
  const referring = await written(platform, viewWith('shop.Device'), { references: [REFERENCE], as: viewWith(DEVICE) });
  const unreadable = await written(platform, viewWith(DEVICE, 'path'), {
    references: [],
    as: viewWith(DEVICE, 'path'),
  });
  const handled: string[] = [];
  const serde = await EventSerde.open({ registry: platform.registry, schemas: eventSchemas, topics: ['page-views'] });
  const consumer = await RetryingConsumer.start({
    connection: platform.connection,
    chain,
    handle: decoded(serde, (record) => void handled.push(nameOf(record))),
  });
  const ended = consumer.ended.catch((error: unknown) => error as Error);
  try {
    for (const name of NAMES) await records.send({ topic: 'page-views', name, value: referring });
    await until(() => NAMES.every((name) => handled.includes(name)));
    await records.send({ topic: 'page-views', name: 'unreadable', value: unreadable });
    const end = (await ended) as Error;
    return { names: NAMES, handled: handled.sort(), reason: `${end.message} ${String(end.cause)}` };
  } finally {
    // Closed in any case: a running consumer would keep the process of the tests alive.
    await consumer.close();
  }
}

function viewWith(device: unknown, without = ''): AvroSchema {
  const more = { name: 'device', type: ['null', device], default: null };
  return { ...VIEW, fields: [...VIEW.fields.filter(({ name }) => name !== without), more] };
}

interface Written {
  readonly references: readonly object[];
  /** The schema with its references inlined. */
  readonly as: AvroSchema;
}

/** Registers a version with references, like other tools. @returns an encoder of its writer */
async function written(
  { registry }: PlatformWithRegistry,
  schema: AvroSchema,
  { references, as }: Written,
): Promise<Buffer> {
  const answer = await fetch(`${registry}/subjects/${SUBJECT}/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ schema: JSON.stringify(schema), references }),
  });
  const { id } = (await answer.json()) as { readonly id: number };
  const view = { sessionId: 's', customerId: null, path: '/', referrer: null, viewedAt: 1 };
  return framed(id, as, { ...view, device: { name: 'phone' } });
}
