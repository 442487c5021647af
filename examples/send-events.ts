import { EventProducer } from '../src/client/producer/event-producer';
import { eventKind } from '../src/client/serde/event-kind';
import { EventSerde } from '../src/client/serde/event-serde';
import type { EventOf } from '../src/schemas/events';

interface SendEventsProps {
  readonly bootstrap: readonly string[];
  readonly registry: string;
  readonly orders: readonly EventOf<'orders'>[];
  /** W3C trace context of whatever the orders come from. */
  readonly traceparent: string;
}

/** Sends orders one at a time. @returns their ids by what became of them */
export async function sendEvents({ bootstrap, registry, orders, traceparent }: SendEventsProps) {
  const serde = await EventSerde.open({ registry, topics: ['orders'] });
  const producer = new EventProducer({ bootstrap });
  const sent = {
    /** In the log, on all replicas in sync. */
    delivered: [] as string[],
    /** Not in the log, now or later: to send it again makes no duplicate. */
    failed: [] as string[],
    /** Maybe in the log: to send it again may make a duplicate, and not to may lose it. */
    unknown: [] as string[],
  };
  for (const order of orders) {
    const { outcome } = await producer.send('orders', {
      key: order.customerId,
      value: serde.encode('orders', order),
      event: { ...eventKind('orders'), source: 'order-service', traceparent },
      headers: { currency: order.currency },
    });
    sent[outcome].push(order.orderId);
  }
  await producer.close(5_000);
  return sent;
}
