import { EventProducer, type Undelivered } from '../src/client/producer/event-producer';
import { EventSerde } from '../src/client/serde/event-serde';
import type { EventOf } from '../src/schemas/events';

/** Views between two looks at how far everything is. */
const CHECKPOINT = 1_000;

interface SendBatchesProps {
  readonly bootstrap: readonly string[];
  readonly registry: string;
  /** More of them than memory holds. */
  readonly views: Iterable<EventOf<'page-views'>>;
  /** Told the number of views that have their outcome, whatever it is. */
  readonly onCheckpoint: (settled: number) => void;
}

/** Sends page views as fast as the brokers take them. @returns how many were delivered, and what was not at the end */
export async function sendBatches({ bootstrap, registry, views, onCheckpoint }: SendBatchesProps) {
  const serde = await EventSerde.open({ registry, topics: ['page-views'] });
  const producer = new EventProducer({ bootstrap, compression: 'lz4', maxBufferedBytes: 1_000_000 });
  let sent = 0;
  let delivered = 0;
  for (const view of views) {
    // Without it, the records that wait would be held in memory, however many.
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
