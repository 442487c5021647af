import type { KafkaConnection, Undelivered } from 'kafka-platform/client';
import { clients, type EventOf } from './catalogue/clients';

/** Number of views between two checkpoints. */
const CHECKPOINT = 1_000;

interface SendBatchesProps {
  readonly connection: KafkaConnection;
  readonly registry: string;
  /** May be more views than fit into memory. */
  readonly views: Iterable<EventOf<'page-views'>>;
  /** Called with the number of views that have an outcome. */
  readonly onCheckpoint: (settled: number) => void;
}

/**
 * Sends page views as fast as the brokers accept them. @returns the number of delivered views, and the undelivered
 * views at the end
 */
export async function sendBatches({ connection, registry, views, onCheckpoint }: SendBatchesProps) {
  const serde = await clients.openSerde({ registry, topics: ['page-views'] });
  const producer = clients.createProducer({
    connection,
    compression: 'lz4',
    maxBufferedBytes: 1_000_000,
  });
  let sent = 0;
  let delivered = 0;
  for (const view of views) {
    // Without this line, all waiting records would accumulate in memory.
    await producer.room();
    void producer.send('page-views', { value: serde.encode('page-views', view) }).then(({ outcome }) => {
      if (outcome === 'delivered') delivered += 1;
    });
    sent += 1;
    if (sent % CHECKPOINT !== 0) continue;
    await producer.flush();
    onCheckpoint(sent);
  }
  const undelivered: readonly Undelivered[] = await producer.close(10_000);
  return { delivered, undelivered };
}
