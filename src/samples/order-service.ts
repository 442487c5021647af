import type { Delivery } from '../client/producer/delivery';
import { EventProducer } from '../client/producer/event-producer';
import { eventKind } from '../client/serde/event-kind';
import { EventSerde } from '../client/serde/event-serde';
import { oneLine } from '../service/one-line';
import type { Generator } from '../service/sample';
import { newOrder } from './new-order';
import { asMaker } from './running';
import { newTrace } from './trace';

/** Places orders: typed events, in order for each customer, and the outcome of each of them is looked at. */
export const orderService: Generator = async (context) => {
  const { bootstrap, registry, metrics, instance, say } = context;
  const serde = await EventSerde.open({ registry, topics: ['orders'] });
  const producer = new EventProducer({ bootstrap, metrics });
  const prefix = `${instance}-${Date.now().toString(36)}`;

  async function place(number: number): Promise<Delivery> {
    const order = newOrder({ number, prefix, createdAt: Date.now() });
    const delivery = await producer.send('orders', {
      key: order.customerId,
      value: serde.encode('orders', order),
      event: { ...eventKind('orders'), source: 'order-service', ...newTrace() },
    });
    // One that failed may be sent again. One that is unknown may be in the log, and would be there twice.
    if (delivery.outcome !== 'delivered') say(`${order.orderId} ${delivery.outcome}: ${oneLine(delivery.cause)}`);
    return delivery;
  }

  return asMaker({ context, producer, emit: place });
};
