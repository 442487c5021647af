import { Partitioners, type Kafka } from 'kafkajs';
import { withProducer } from '../../src/client/quiet-kafka';

const RECORDS_PER_SEND = 1_000;

interface Counting {
  readonly kafka: Kafka;
  readonly topic: string;
  readonly records: number;
  readonly keys: number;
}

/** Records whose values count up from 0, with keys in turn. */
export async function writeCounting({ kafka, topic, records, keys }: Counting): Promise<void> {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await withProducer(producer, async () => {
    for (let first = 0; first < records; first += RECORDS_PER_SEND) {
      const messages = Array.from({ length: Math.min(RECORDS_PER_SEND, records - first) }, (_, index) => ({
        key: `key-${(first + index) % keys}`,
        value: String(first + index),
      }));
      await producer.send({ topic, messages });
    }
  });
}
