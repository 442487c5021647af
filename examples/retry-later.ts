import { decoded, type KafkaConnection, OutageError, PermanentError, RetriableError } from 'kafka-platform/client';
import { clients, type EventOf } from './catalogue/clients';

interface RetryLaterProps {
  readonly connection: KafkaConnection;
  readonly registry: string;
  /** Reserves the articles of an order; it may be called twice for the same order. */
  readonly reserve: (order: EventOf<'orders'>) => Promise<'reserved' | 'not in stock yet' | 'no such article' | 'down'>;
  /** Settles when the consumer should end, such as `once(process, 'SIGTERM')`. */
  readonly stop: Promise<unknown>;
}

/**
 * Reserves the articles of orders. An order that must wait does not delay other orders; later orders of its customer
 * may overtake it.
 */
export async function retryLater({ connection, registry, reserve, stop }: RetryLaterProps) {
  const serde = await clients.openSerde({ registry, topics: ['orders'] });
  const consumer = await clients.startRetryingConsumer({
    connection,
    chain: 'inventory',
    handle: decoded(serde, async ({ value }) => {
      if (value === null) return;
      const answer = await reserve(value);
      // Three attempts here, then one after each delay of the chain, then a dead letter record.
      if (answer === 'not in stock yet') throw new RetriableError(answer);
      // Becomes a dead letter record immediately.
      if (answer === 'no such article') throw new PermanentError(answer);
      // Every order would fail, so the orders wait here for as long as the outage lasts.
      if (answer === 'down') throw new OutageError('the warehouse is down');
    }),
  });
  await Promise.race([stop, consumer.ended]);
  return consumer.close(10_000);
}
