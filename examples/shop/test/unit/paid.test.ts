import type { ShopSerde } from '../../clients';
import { decodeAll } from '../../src/decode-all';
import { paid } from '../../src/paid';
import { PermanentError } from '../../../../src/client/errors';
import { EventSerde } from '../../../../src/client/serde/event-serde';
import { record } from '../../../../test/support/consumed';
import { order } from '../../../../tools/support/events';
import { startSmallRegistry, type SmallRegistry } from '../../../../tools/support/small-registry';
import { eventSchemas } from '../../schemas/event-schemas';

let registry: SmallRegistry;
let serde: ShopSerde<'orders' | 'payments' | 'orders-paid' | 'revenue'>;

beforeAll(async () => {
  registry = await startSmallRegistry();
  serde = await EventSerde.open({
    registry: registry.url,
    schemas: eventSchemas,
    topics: ['orders', 'payments', 'orders-paid', 'revenue'],
  });
});
afterAll(() => registry.stop());

describe('a paid order', () => {
  it('is a payment, a paid order and revenue of the same sum, with derived ids', () => {
    const records = paid(serde, order({ createdAt: 9 }), { traceparent: '00-1-2-01' });
    const sum = { orderId: 'order-1', paymentId: 'payment-order-1', amountMinor: 2_848, currency: 'EUR' };
    const read = records.map(({ topic, value }) => serde.decode(topic as 'payments', value as Buffer));
    expect(read).toEqual([
      { ...sum, customerId: 'customer-1', method: 'CARD', processedAt: 9 },
      { ...sum, customerId: 'customer-1', paidAt: 9 },
      { ...sum, recordedAt: 9 },
    ]);
    expect(records.map(({ topic, key, event }) => [topic, key, event?.type, event?.traceparent])).toEqual([
      ['payments', 'customer-1', 'PaymentProcessed', '00-1-2-01'],
      ['orders-paid', 'customer-1', 'OrderPaid', '00-1-2-01'],
      ['revenue', 'EUR', 'RevenueRecorded', '00-1-2-01'],
    ]);
  });
});

describe('decoding a batch', () => {
  const good = (offset: number, orderId: string) => ({
    ...record(offset),
    value: serde.encode('orders', order({ orderId })),
  });

  it('keeps the order of the records', async () => {
    const read = await decodeAll(serde, [good(0, 'a'), good(1, 'b')]);
    expect(read.map(({ orderId }) => orderId)).toEqual(['a', 'b']);
  });

  it.each([Buffer.from('poison'), null])('fails permanently if one is %p', async (value) => {
    await expect(decodeAll(serde, [good(0, 'a'), { ...record(1), value }])).rejects.toThrow(PermanentError);
  });
});
