import type { Kafka, Message } from 'kafkajs';
import { withProducer } from '../../src/client/kafka-client';

/** Writes each record exactly once: without idempotence, a record whose answer is lost or late is written again. */
export async function writeOnce(kafka: Kafka, topic: string, messages: Message[]): Promise<void> {
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await withProducer(producer, () => producer.send({ topic, messages }));
}
