import { EventConsumer, type Closed } from '../src/client/consumer/event-consumer';
import { EventProducer } from '../src/client/producer/event-producer';
import { deadLetters } from '../src/client/retry/dead-letters';
import { decodedBatch } from '../src/client/serde/decoded-batch';
import { EventSerde } from '../src/client/serde/event-serde';
import type { EventOf } from '../src/schemas/events';
import { retryChains } from '../src/topics/catalogue';

interface HandleBatchesProps {
  readonly bootstrap: readonly string[];
  readonly registry: string;
  /** Sends the receipts of some orders, now and then a second time. Throws a `PermanentError` for what can never be sent. */
  readonly sendReceipts: (orders: readonly EventOf<'orders'>[]) => Promise<void>;
  /** When to end, such as `once(process, 'SIGTERM')`. */
  readonly stop: Promise<unknown>;
}

/** Sends receipts up to 20 at once, each partition in order; the order that fails for good becomes a dead letter, and it alone. */
export async function handleBatches(props: HandleBatchesProps): Promise<Closed<'orders'>> {
  const { bootstrap, registry, sendReceipts, stop } = props;
  const chain = retryChains.email;
  const serde = await EventSerde.open({ registry, topics: [chain.topic] });
  const producer = new EventProducer({ bootstrap });
  const consumer = await EventConsumer.start({
    bootstrap,
    groupId: chain.group,
    topics: [chain.topic],
    batchRecords: 20,
    handleBatch: decodedBatch(serde, (records) => sendReceipts(records.flatMap(({ value }) => value ?? []))),
    onPermanent: deadLetters({ chain, producer }),
  });
  await Promise.race([stop, consumer.ended]);
  const closed = await consumer.close(10_000);
  await producer.close(5_000);
  return closed;
}
