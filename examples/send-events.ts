import type { KafkaConnection } from 'kafka-platform/client';
import { clients, type EventOf } from './catalogue/clients';

interface SendEventsProps {
  readonly connection: KafkaConnection;
  readonly registry: string;
  readonly orders: readonly EventOf<'orders'>[];
  /** W3C trace context of the request that caused the orders. */
  readonly traceparent: string;
}

/** Sends orders one at a time. @returns their ids by outcome */
export async function sendEvents({ connection, registry, orders, traceparent }: SendEventsProps) {
  const serde = await clients.openSerde({ registry, topics: ['orders'] });
  const producer = clients.createProducer({ connection });
  const sent = {
    /** In the log of all in-sync replicas. */
    delivered: [] as string[],
    /** Not in the log, now and later: sending it again causes no duplicate. */
    failed: [] as string[],
    /** Possibly in the log: sending it again may cause a duplicate, and not sending it may lose it. */
    unknown: [] as string[],
  };
  for (const order of orders) {
    const { outcome } = await producer.send('orders', {
      key: order.customerId,
      value: serde.encode('orders', order),
      event: { ...serde.kind('orders'), source: 'order-service', traceparent },
      headers: { currency: order.currency },
    });
    sent[outcome].push(order.orderId);
  }
  await producer.close(5_000);
  return sent;
}
