import type { EventOf } from '../../examples/catalogue/clients';
import type { OrderCreatedV1 } from '../../examples/catalogue/schemas/events';

/** A typical order. */
export const order = (more: Partial<EventOf<'orders'>> = {}): EventOf<'orders'> => ({
  orderId: 'order-1',
  customerId: 'customer-1',
  lines: [
    { sku: 'book', quantity: 2, unitAmountMinor: 1_299 },
    { sku: 'pen', quantity: 1, unitAmountMinor: 250 },
  ],
  amountMinor: 2_848,
  currency: 'EUR',
  createdAt: 1_764_000_000_000,
  couponCode: null,
  ...more,
});

/** The same order in version 1 of the schema, without coupons. */
export function orderV1(): OrderCreatedV1 {
  const { orderId, customerId, lines, amountMinor, currency, createdAt } = order();
  return { orderId, customerId, lines, amountMinor, currency, createdAt };
}

export const payment = (more: Partial<EventOf<'payments'>> = {}): EventOf<'payments'> => ({
  paymentId: 'payment-1',
  orderId: 'order-1',
  customerId: 'customer-1',
  amountMinor: 2_848,
  currency: 'EUR',
  method: 'CARD',
  processedAt: 1_764_000_000_000,
  ...more,
});
