import type { Delivery } from 'kafka-platform/client';
import { clients } from '../clients';
import { oneLine } from './process/one-line';
import type { Generator } from './process/application';
import { newOrder } from './new-order';
import { asMaker } from './running';
import { newTrace } from './trace';

/** Places orders: typed events, in order for each customer, with a check of each outcome. */
export const orderService: Generator = async (context) => {
  const { connection, registry, metrics, instance, say, withFailures = false } = context;
  const serde = await clients.openSerde({ registry, topics: ['orders'] });
  const producer = clients.createProducer({ connection, metrics });
  const prefix = `${instance}-${Date.now().toString(36)}`;

  async function place(number: number): Promise<Delivery> {
    const order = newOrder({ number, prefix, createdAt: Date.now(), withFailures });
    const delivery = await producer.send('orders', {
      key: order.customerId,
      value: serde.encode('orders', order),
      event: { ...serde.kind('orders'), source: 'order-service', ...newTrace() },
    });
    // A failed order may be sent again. An order with an unknown outcome may already be in the log, so sending it again
    // could duplicate it.
    if (delivery.outcome !== 'delivered') say(`${order.orderId} ${delivery.outcome}: ${oneLine(delivery.cause)}`);
    return delivery;
  }

  return asMaker({ context, producer, emit: place });
};
