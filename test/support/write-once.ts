import type { Kafka, Message } from 'kafkajs';
import { withProducer } from '../../src/client/kafka-client';
import { retry } from '../../src/waiting/retry';

const OPEN_MS = 60_000;

/** What kafkajs does not repeat: a broker that was just started has no producer ids yet. */
const NOT_LOADED = /The coordinator is loading/;

/** Writes each record exactly once: without idempotence, a record whose answer is lost or late is written again. */
export async function writeOnce(kafka: Kafka, topic: string, messages: Message[]): Promise<void> {
  let isOpen = false;
  const write = (): Promise<void> =>
    withProducer(kafka.producer({ idempotent: true, maxInFlightRequests: 1 }), async (producer) => {
      isOpen = true;
      await producer.send({ topic, messages });
    });
  await retry(write, {
    // What may have been sent is not sent again.
    canRetry: (error) => !isOpen && NOT_LOADED.test(String(error)),
    withinMs: OPEN_MS,
    everyMs: 500,
  });
}
