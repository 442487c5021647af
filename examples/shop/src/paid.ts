import type { EventOf, ShopRecord, ShopSerde } from '../clients';
import type { PaymentMethodV1 } from '../schemas/events';
import type { Trace } from './trace';

/** Largest amount paid by card, in minor units. */
const LARGEST_BY_CARD = 10_000;

type PaymentTopic = 'payments' | 'orders-paid' | 'revenue';

type Writer = Pick<ShopSerde<PaymentTopic>, 'encode' | 'kind'>;

/**
 * The three records that result from a paid order. An order counts as paid when it is placed, and all values follow
 * from the order, so a repeated payment has the same values.
 * @param trace trace context of the order
 */
export function paid(serde: Writer, order: EventOf<'orders'>, trace: Trace): readonly ShopRecord[] {
  const { orderId, customerId, amountMinor, currency, createdAt: at } = order;
  const paymentId = `payment-${orderId}`;
  const from = { source: 'payment', ...trace };
  const sum = { orderId, paymentId, amountMinor, currency };
  return [
    {
      topic: 'payments',
      key: customerId,
      value: serde.encode('payments', { ...sum, customerId, method: methodFor(amountMinor), processedAt: at }),
      event: { ...serde.kind('payments'), ...from },
    },
    {
      topic: 'orders-paid',
      key: customerId,
      value: serde.encode('orders-paid', { ...sum, customerId, paidAt: at }),
      event: { ...serde.kind('orders-paid'), ...from },
    },
    {
      topic: 'revenue',
      key: currency,
      value: serde.encode('revenue', { ...sum, recordedAt: at }),
      event: { ...serde.kind('revenue'), ...from },
    },
  ];
}

const methodFor = (amountMinor: number): PaymentMethodV1 => (amountMinor > LARGEST_BY_CARD ? 'BANK_TRANSFER' : 'CARD');
