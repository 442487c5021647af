import { Partitioners, type Kafka } from 'kafkajs';
import { patiently } from '../../src/client/patiently';
import { withProducer } from '../../src/client/quiet-kafka';
import { endOffsets } from '../../src/smoke/reader';

/** Writes a last record to every partition: a reader never comes to an end that is a transaction's marker. */
export async function sealLogs(kafka: Kafka, topic: string): Promise<void> {
  const partitions = [...(await endOffsets(kafka, topic)).keys()];
  const messages = partitions.map((partition) => ({ partition, key: 'seal', value: 'seal' }));
  await patiently(() => {
    const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    return withProducer(producer, () => producer.send({ topic, messages }));
  });
}
