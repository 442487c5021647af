import type { TransactionRecord } from '../client/transactions/transaction-record';
import { eventKind } from '../client/serde/event-kind';
import type { EventSerde } from '../client/serde/event-serde';
import type { EventOf, PaymentMethodV1 } from '../schemas/events';
import type { Trace } from './trace';

/** In minor units; above it nobody pays by card. */
const LARGEST_BY_CARD = 10_000;

type PaymentTopic = 'payments' | 'orders-paid' | 'revenue';

type Writer = Pick<EventSerde<PaymentTopic>, 'encode'>;

/**
 * What a paid order means to three readers. It is paid as soon as it is placed, and everything follows from the order: whoever
 * pays it again, says the same.
 * @param trace of the order
 */
export function paid(serde: Writer, order: EventOf<'orders'>, trace: Trace): readonly TransactionRecord[] {
  const { orderId, customerId, amountMinor, currency, createdAt: at } = order;
  const paymentId = `payment-${orderId}`;
  const from = { source: 'payment', ...trace };
  const sum = { orderId, paymentId, amountMinor, currency };
  return [
    {
      topic: 'payments',
      key: customerId,
      value: serde.encode('payments', { ...sum, customerId, method: methodFor(amountMinor), processedAt: at }),
      event: { ...eventKind('payments'), ...from },
    },
    {
      topic: 'orders-paid',
      key: customerId,
      value: serde.encode('orders-paid', { ...sum, customerId, paidAt: at }),
      event: { ...eventKind('orders-paid'), ...from },
    },
    {
      topic: 'revenue',
      key: currency,
      value: serde.encode('revenue', { ...sum, recordedAt: at }),
      event: { ...eventKind('revenue'), ...from },
    },
  ];
}

const methodFor = (amountMinor: number): PaymentMethodV1 => (amountMinor > LARGEST_BY_CARD ? 'BANK_TRANSFER' : 'CARD');
