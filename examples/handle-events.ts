import {
  type Closed,
  decoded,
  FatalError,
  type KafkaConnection,
  PermanentError,
  RetriableError,
} from 'kafka-platform/client';
import { clients, type EventOf } from './catalogue/clients';

interface HandleEventsProps {
  readonly connection: KafkaConnection;
  readonly registry: string;
  readonly groupId: string;
  /**
   * Requests a shipment from the carrier; it may be called more than once for an order. @returns the status of the
   * carrier's answer
   */
  readonly ship: (order: EventOf<'orders'>, signal: AbortSignal) => Promise<number>;
  /** Settles when the consumer should end, such as `once(process, 'SIGTERM')`. */
  readonly stop: Promise<unknown>;
}

/**
 * Handles orders: different customers in parallel, the orders of one customer in order, without skipping any.
 * @throws {ConsumerEnded} if an order fails permanently, with an exit code for the process
 */
export async function handleEvents(props: HandleEventsProps): Promise<Closed<'orders'>> {
  const { connection, registry, groupId, ship, stop } = props;
  const serde = await clients.openSerde({ registry, topics: ['orders'] });
  const consumer = await clients.startConsumer({
    connection,
    groupId,
    topics: ['orders'],
    handle: decoded(serde, async ({ value }, { signal }) => {
      if (value === null) return;
      const status = await ship(value, signal);
      if (status >= 500) throw new RetriableError(`the carrier is down: ${status}`);
      if (status === 401) throw new FatalError('the carrier does not know us');
      if (status >= 400) throw new PermanentError(`the carrier refuses the order: ${status}`);
    }),
  });
  await Promise.race([stop, consumer.ended]);
  return consumer.close(10_000);
}
