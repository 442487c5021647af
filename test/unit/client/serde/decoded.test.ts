import type { CatalogueSerde } from '../../../../examples/catalogue/clients';
import { PermanentError } from '../../../../src/client/errors';
import type { ConsumedRecord } from '../../../../src/client/consumer/record';
import { decoded } from '../../../../src/client/serde/decoded';
import { decodedBatch } from '../../../../src/client/serde/decoded-batch';
import { EventSerde } from '../../../../src/client/serde/event-serde';
import { eventSchemas } from '../../../../examples/catalogue/schemas/event-schemas';
import { order, orderV1, payment } from '../../../../tools/support/events';
import { framed, prefixed } from '../../../../tools/support/framed';
import { startSmallRegistry, type SmallRegistry } from '../../../../tools/support/small-registry';

const context = { attempt: 1, signal: new AbortController().signal };

let registry: SmallRegistry;
let serde: CatalogueSerde<'orders' | 'payments'>;

beforeEach(async () => {
  registry = await startSmallRegistry();
  serde = await EventSerde.open({ registry: registry.url, schemas: eventSchemas, topics: ['orders', 'payments'] });
});

afterEach(() => registry.stop());

const recordOf = (
  value: Buffer | null,
  topic: 'orders' | 'payments' = 'orders',
): ConsumedRecord<'orders' | 'payments'> => ({
  topic,
  partition: 3,
  offset: 7n,
  key: Buffer.from('customer-1'),
  value,
  headers: { 'event-type': Buffer.from('OrderCreated') },
  timestamp: 1_764_000_000_000,
});

const newest = (): Buffer => serde.encode('orders', order());

const older = (): Buffer => framed(1, eventSchemas.orders[0], orderV1());

describe('a handler of events', () => {
  it('gets the record with its decoded value synchronously, with the context of the call', () => {
    const seen: unknown[] = [];
    const handle = decoded(serde, (record, { attempt }) => void seen.push(record, attempt));
    expect(handle(recordOf(newest()), context)).toBeUndefined();
    expect(seen).toEqual([{ ...recordOf(null), value: order() }, 1]);
  });

  it('gets tombstones as null', () => {
    const seen: unknown[] = [];
    void decoded(serde, ({ value }) => void seen.push(value))(recordOf(null), context);
    expect(seen).toEqual([null]);
  });

  it('knows the event by its topic', () => {
    const amounts: number[] = [];
    const handle = decoded(serde, (record) => {
      if (record.topic === 'payments') amounts.push(record.value?.method === 'CARD' ? record.value.amountMinor : 0);
      // @ts-expect-error -- only a payment has a method
      else amounts.push(record.value?.method === undefined ? 1 : 0);
    });
    void handle(recordOf(newest()), context);
    void handle(recordOf(serde.encode('payments', payment()), 'payments'), context);
    expect(amounts).toEqual([1, payment().amountMinor]);
  });

  it('waits for the registry if necessary, then calls the handler', async () => {
    const orders: unknown[] = [];
    const handle = decoded(serde, ({ value }) => Promise.resolve(void orders.push(value)));
    await handle(recordOf(older()), context);
    await handle(recordOf(older()), context);
    expect(orders).toHaveLength(2);
  });

  it('is not called for an undecodable record', async () => {
    const handle = decoded(serde, () => fail());
    expect(() => handle(recordOf(Buffer.from('{}')), context)).toThrow(PermanentError);
    await expect(handle(recordOf(prefixed(99, Buffer.alloc(2))), context)).rejects.toThrow(PermanentError);
  });
});

describe('a handler of batches of events', () => {
  it('gets all values in order, synchronously if all schemas are known', () => {
    const seen: unknown[] = [];
    const handle = decodedBatch(serde, (records) => void seen.push(...records.map(({ value }) => value)));
    expect(handle([recordOf(newest()), recordOf(null), recordOf(newest())], context)).toBeUndefined();
    expect(seen).toEqual([order(), null, order()]);
  });

  it('waits for the registry within a batch, and keeps the order', async () => {
    const seen: unknown[] = [];
    const handle = decodedBatch(serde, (records) => void seen.push(...records.map(({ value }) => value)));
    const batch = [recordOf(newest()), recordOf(older()), recordOf(null), recordOf(older())];
    await handle(batch, context);
    expect(seen).toEqual([order(), order(), null, order()]);
    expect(registry.asked.filter((path) => path.startsWith('GET'))).toEqual(['GET /schemas/ids/1']);
  });

  it('is not called if one value cannot be decoded, and no error is lost', async () => {
    const handle = decodedBatch(serde, () => fail());
    const poison = recordOf(Buffer.from('{}'));
    expect(() => handle([recordOf(newest()), poison], context)).toThrow(PermanentError);
    const unknown = recordOf(prefixed(99, Buffer.alloc(2)));
    await expect(handle([unknown, poison], context)).rejects.toThrow('schema id 99');
    await expect(handle([recordOf(older()), poison, unknown], context)).rejects.toThrow('magic byte');
  });
});

function fail(): never {
  throw new Error('the handler was called');
}
