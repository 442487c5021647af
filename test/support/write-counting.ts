import type { KafkaConnection } from '../../src/protocol/connection';
import { alreadyEncoded } from '../../src/client/encoded';
import { EventProducer } from '../../src/client/producer/event-producer';

interface Counting {
  readonly connection: KafkaConnection;
  readonly topic: string;
  readonly records: number;
  readonly keys: number;
}

/**
 * Writes records with values from 0 and rotating keys. It does not use kafkajs directly, which writes some records
 * twice while a new topic gets its leaders.
 */
export async function writeCounting({ connection, topic, records, keys }: Counting): Promise<void> {
  const producer = new EventProducer({ connection });
  const deliveries = await Promise.all(
    Array.from({ length: records }, (_, index) =>
      producer.send(topic, { key: `key-${index % keys}`, value: alreadyEncoded(Buffer.from(String(index))) }),
    ),
  );
  await producer.close(5_000);
  const missing = deliveries.filter(({ outcome }) => outcome !== 'delivered').length;
  if (missing > 0) throw new Error(`${missing} of ${records} records were not delivered to ${topic}`);
}
