import { OutageError, PermanentError, RetriableError } from '../src/client/consumer/errors';
import { RetryingConsumer } from '../src/client/retry/retrying-consumer';
import { decoded } from '../src/client/serde/decoded';
import { EventSerde } from '../src/client/serde/event-serde';
import type { EventOf } from '../src/schemas/events';
import { retryChains } from '../src/topics/catalogue';

interface RetryLaterProps {
  readonly bootstrap: readonly string[];
  readonly registry: string;
  /** Reserves what was ordered, also when it is asked for the same order twice. */
  readonly reserve: (order: EventOf<'orders'>) => Promise<'reserved' | 'not in stock yet' | 'no such article' | 'down'>;
  /** When to end, such as `once(process, 'SIGTERM')`. */
  readonly stop: Promise<unknown>;
}

/** Reserves the articles of orders. One that has to wait holds up no other, and is overtaken by those of its customer. */
export async function retryLater({ bootstrap, registry, reserve, stop }: RetryLaterProps) {
  const chain = retryChains.inventory;
  const serde = await EventSerde.open({ registry, topics: [chain.topic] });
  const consumer = await RetryingConsumer.start({
    bootstrap,
    chain,
    handle: decoded(serde, async ({ value }) => {
      if (value === null) return;
      const answer = await reserve(value);
      // Three times here, then after each delay of the chain, then a dead letter.
      if (answer === 'not in stock yet') throw new RetriableError(answer);
      // A dead letter at once.
      if (answer === 'no such article') throw new PermanentError(answer);
      // Every order would fail: they wait here for as long as it lasts.
      if (answer === 'down') throw new OutageError('the warehouse is down');
    }),
  });
  await Promise.race([stop, consumer.ended]);
  return consumer.close(10_000);
}
