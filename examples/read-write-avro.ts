import { clients, type EventOf } from './catalogue/clients';

interface ReadWriteAvroProps {
  readonly registry: string;
  readonly order: EventOf<'orders'>;
}

/** Encodes an order and decodes it with two versions of the schema. */
export async function readWriteAvro({ registry, order }: ReadWriteAvroProps) {
  const serde = await clients.openSerde({ registry, topics: ['orders'] });
  // A misspelt, missing or additional field causes a PermanentError that names it, and does not compile either.
  const bytes = serde.encode('orders', order);
  // An application that does not know coupons yet: it can read all later versions, without the fields that it does not
  // know.
  const older = await clients.openSerde({
    registry,
    topics: ['orders'],
    readerVersions: { orders: 1 },
  });
  return {
    bytes,
    newest: await serde.decode('orders', bytes),
    asVersion1: await older.decode('orders', bytes),
  };
}
