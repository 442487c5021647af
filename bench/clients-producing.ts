import { Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import { EventProducer } from '../src/client/producer/event-producer';
import { recordOf, TOPICS, type BenchCluster } from './clients-cluster';
import type { Figure } from './clients-figures';
import { producerPerformance } from './clients-java';
import { interleaved, perSecond, ratio } from './clients-rounds';
import { median } from './support';

const ROUNDS = 5;
const RECORDS = { send: 80_000, batches: 80_000, single: 1_000 };
const BATCH = 500;
const CLOSE_MS = 30_000;
const TOPIC = TOPICS.written;

/** All producers run without compression, with acks=all, and idempotent. */
export async function compareProducers(cluster: BenchCluster): Promise<readonly Figure[]> {
  const { connection } = cluster;
  const producer = new EventProducer({ connection, compression: 'none' });
  const bare = new Kafka({ brokers: [...connection.bootstrapServers], logLevel: logLevel.NOTHING }).producer({
    idempotent: true,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await bare.connect();
  const rates = await interleaved(
    {
      send: () => sendRate(producer),
      'batches by hand': () => timed(RECORDS.batches, () => sendBatches(bare, RECORDS.batches, BATCH)),
      'one by one': () => timed(RECORDS.single, () => sendBatches(bare, RECORDS.single, 1)),
      ProducerPerformance: () => producerPerformance(cluster, TOPIC),
    },
    ROUNDS,
  );
  await Promise.all([producer.close(CLOSE_MS), bare.disconnect()]);
  const against = (name: Exclude<keyof typeof rates, 'send'>, reference: string, atLeast: number): Figure => ({
    what: `send, beside ${reference}`,
    measured: perSecond(median(rates.send)),
    reference: perSecond(median(rates[name])),
    ratio: ratio(rates.send, rates[name]),
    target: { atLeast },
  });
  return [
    against('batches by hand', `kafkajs with batches of ${BATCH} by hand`, 1),
    against('one by one', 'kafkajs one by one', 50),
    against('ProducerPerformance', 'Kafka’s ProducerPerformance', 2),
  ];
}

/** Records that a producer sends in a second, one by one. */
export const sendRate = (producer: EventProducer): Promise<number> =>
  timed(RECORDS.send, () => sendEach(producer, RECORDS.send));

/** Sends record by record, like a caller that checks the outcomes later. */
async function sendEach(producer: EventProducer, count: number): Promise<void> {
  let delivered = 0;
  for (let index = 0; index < count; index++) {
    void producer.send(TOPIC, recordOf(index)).then(({ outcome }) => (delivered += outcome === 'delivered' ? 1 : 0));
    await producer.room();
  }
  await producer.flush();
  if (delivered !== count) throw new Error(`${count - delivered} of ${count} records were not delivered`);
}

async function sendBatches(producer: Producer, count: number, size: number): Promise<void> {
  for (let index = 0; index < count; index += size) {
    const messages = Array.from({ length: size }, (_, offset) => recordOf(index + offset));
    await producer.send({ topic: TOPIC, messages, acks: -1 });
  }
}

async function timed(count: number, work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return count / ((performance.now() - started) / 1_000);
}
