import { alreadyEncoded } from '../../src/client/encoded';
import { EventProducer } from '../../src/client/producer/event-producer';
import type { TopicName } from '../../src/topics/catalogue';

interface Counting {
  readonly bootstrap: readonly string[];
  readonly topic: TopicName;
  readonly records: number;
  readonly keys: number;
}

/**
 * Records whose values count up from 0, with keys in turn. Not by kafkajs itself: while a new topic still gets its leaders it
 * writes some of them twice.
 */
export async function writeCounting({ bootstrap, topic, records, keys }: Counting): Promise<void> {
  const producer = new EventProducer({ bootstrap });
  const deliveries = await Promise.all(
    Array.from({ length: records }, (_, index) =>
      producer.send(topic, { key: `key-${index % keys}`, value: alreadyEncoded(Buffer.from(String(index))) }),
    ),
  );
  await producer.close(5_000);
  const missing = deliveries.filter(({ outcome }) => outcome !== 'delivered').length;
  if (missing > 0) throw new Error(`${missing} of ${records} records were not delivered to ${topic}`);
}
