import { type Closed, decodedBatch, type KafkaConnection } from 'kafka-platform/client';
import { clients, type EventOf } from './catalogue/clients';
import { retryChains } from './catalogue/topics';

interface HandleBatchesProps {
  readonly connection: KafkaConnection;
  readonly registry: string;
  /**
   * Sends the receipts of some orders; an order may occur again in a later call. Throws a `PermanentError` for a
   * receipt that can never be sent.
   */
  readonly sendReceipts: (orders: readonly EventOf<'orders'>[]) => Promise<void>;
  /** Settles when the consumer should end, such as `once(process, 'SIGTERM')`. */
  readonly stop: Promise<unknown>;
}

/**
 * Sends receipts in batches of up to 20, each partition in order. Only an order that fails permanently goes to the dead
 * letter topic.
 */
export async function handleBatches(props: HandleBatchesProps): Promise<Closed<'orders'>> {
  const { connection, registry, sendReceipts, stop } = props;
  const chain = retryChains.email;
  const serde = await clients.openSerde({ registry, topics: [chain.topic] });
  const producer = clients.createProducer({ connection });
  const consumer = await clients.startConsumer({
    connection,
    groupId: chain.group,
    topics: [chain.topic],
    batchRecords: 20,
    handleBatch: decodedBatch(serde, (records) => sendReceipts(records.flatMap(({ value }) => value ?? []))),
    onPermanent: clients.deadLetters({ chain: 'email', producer }),
  });
  await Promise.race([stop, consumer.ended]);
  const closed = await consumer.close(10_000);
  await producer.close(5_000);
  return closed;
}
