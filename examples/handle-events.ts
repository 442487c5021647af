import { FatalError, PermanentError, RetriableError } from '../src/client/consumer/errors';
import { EventConsumer, type Closed } from '../src/client/consumer/event-consumer';
import { decoded } from '../src/client/serde/decoded';
import { EventSerde } from '../src/client/serde/event-serde';
import type { EventOf } from '../src/schemas/events';

interface HandleEventsProps {
  readonly bootstrap: readonly string[];
  readonly registry: string;
  readonly groupId: string;
  /** Asks the carrier for a shipment, more than once for the same order now and then. @returns the status of its answer */
  readonly ship: (order: EventOf<'orders'>, signal: AbortSignal) => Promise<number>;
  /** When to end, such as `once(process, 'SIGTERM')`. */
  readonly stop: Promise<unknown>;
}

/**
 * Handles orders: customers side by side, the orders of one in order, none passed over.
 * @throws {ConsumerEnded} when one fails for good, with the code that the process should exit with
 */
export async function handleEvents(props: HandleEventsProps): Promise<Closed<'orders'>> {
  const { bootstrap, registry, groupId, ship, stop } = props;
  const serde = await EventSerde.open({ registry, topics: ['orders'] });
  const consumer = await EventConsumer.start({
    bootstrap,
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
