import { setTimeout as delay } from 'node:timers/promises';
import { quietKafka, withAdmin } from '../../src/client/quiet-kafka';

const BETWEEN_MS = 100;

/** Something that can be ended. */
export interface Traffic {
  readonly stop: () => Promise<void>;
}

/** Makes a topic, writes to it all the time, and reads it with a group that commits. */
export async function startTraffic(bootstrap: readonly string[], topic: string, groupId: string): Promise<Traffic> {
  const kafka = quietKafka(bootstrap);
  await withAdmin(kafka, (admin) =>
    admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: 6 }] }),
  );
  const producer = kafka.producer();
  const consumer = kafka.consumer({ groupId });
  await Promise.all([producer.connect(), consumer.connect()]);
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({ eachMessage: () => Promise.resolve(), autoCommitInterval: 500 });
  const ending = new AbortController();
  const messages = Array.from({ length: 12 }, (_, key) => ({ key: String(key), value: 'x'.repeat(100) }));
  const writing = (async () => {
    while (!ending.signal.aborted) {
      // Some are lost when a broker stops: nobody counts them here.
      await producer.send({ topic, messages }).catch(() => undefined);
      await delay(BETWEEN_MS);
    }
  })();
  return {
    stop: async () => {
      ending.abort();
      await writing;
      await Promise.all([producer.disconnect(), consumer.disconnect()]);
    },
  };
}
