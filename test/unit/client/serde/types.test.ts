import type { EventOf, CatalogueSerde } from '../../../../examples/catalogue/clients';
import type { Encoded } from '../../../../src/client/encoded';
import type { OutgoingRecord } from '../../../../src/client/producer/record';
import type { EventSerde } from '../../../../src/client/serde/event-serde';
import type { OrderCreatedV1, OrderCreatedV2 } from '../../../../examples/catalogue/schemas/events';
import { eventSchemas } from '../../../../examples/catalogue/schemas/event-schemas';
import { order, payment } from '../../../../tools/support/events';

type Pinned = CatalogueSerde<'orders' | 'payments', { readonly orders: 1 }>;

/** Never called: it must compile, except for each marked line. */
export const compiles = async (serde: CatalogueSerde<'orders' | 'payments'>, pinned: Pinned, bytes: Buffer) => {
  const written: Encoded<'orders'> = serde.encode('orders', order());
  const sent: OutgoingRecord<'orders', typeof eventSchemas> = { key: 'customer-1', value: written };
  const read: OrderCreatedV2 = await serde.decode('orders', bytes);
  const old: OrderCreatedV1 = await pinned.decode('orders', bytes);
  const paid: EventOf<'payments'> = await pinned.decode('payments', bytes);
  // @ts-expect-error -- an event of another topic
  serde.encode('orders', payment());
  // @ts-expect-error -- a topic that the serde was not opened for
  serde.encode('revenue', {});
  // @ts-expect-error -- a topic without a schema
  void serde.decode('customers', bytes);
  // @ts-expect-error -- a field that the schema does not have
  serde.encode('orders', { ...order(), cuponCode: null });
  // @ts-expect-error -- the encoded value of another topic
  const wrong: OutgoingRecord<'payments', typeof eventSchemas> = { value: written };
  // @ts-expect-error -- bytes that no serde has encoded
  const raw: OutgoingRecord<'orders', typeof eventSchemas> = { value: bytes };
  // @ts-expect-error -- a reader of version 1 does not return version 2
  const newer: OrderCreatedV2 = await pinned.decode('orders', bytes);
  return [sent, read, old, paid, wrong, raw, newer];
};

/** Never called either. */
export const opens = (open: typeof EventSerde.open, registry: string) => [
  open({ registry, schemas: eventSchemas, topics: ['orders'], readerVersions: { orders: 1 } }),
  // @ts-expect-error -- an unknown version
  open({ registry, schemas: eventSchemas, topics: ['orders'], readerVersions: { orders: 3 } }),
  // @ts-expect-error -- a topic without a schema
  open({ registry, schemas: eventSchemas, topics: ['customers'] }),
  // @ts-expect-error -- schemas of another topic
  open({ registry, schemas: { payments: eventSchemas.payments }, topics: ['orders'] }),
];

describe('the types of a serde', () => {
  it('are checked by `npm run lint`', () => {
    expect([compiles, opens]).toHaveLength(2);
  });
});
