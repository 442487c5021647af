import { EventSerde } from '../src/client/serde/event-serde';
import type { EventOf } from '../src/schemas/events';

interface ReadWriteAvroProps {
  readonly registry: string;
  readonly order: EventOf<'orders'>;
}

/** The bytes of an order, and what readers of two versions make of them. */
export async function readWriteAvro({ registry, order }: ReadWriteAvroProps) {
  const serde = await EventSerde.open({ registry, topics: ['orders'] });
  // A field that is misspelt, missing or too much is a PermanentError that names it, and does not compile either.
  const bytes = serde.encode('orders', order);
  // An application from before the coupons: it reads whatever is written later, without what it does not know.
  const older = await EventSerde.open({ registry, topics: ['orders'], readerVersions: { orders: 1 } });
  return {
    bytes,
    newest: await serde.decode('orders', bytes),
    asVersion1: await older.decode('orders', bytes),
  };
}
