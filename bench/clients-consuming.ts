import type { KafkaConnection } from '../src/protocol/connection';
import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { EventConsumer } from '../src/client/consumer/event-consumer';
import { EventProducer } from '../src/client/producer/event-producer';
import { recordOf, TOPICS, type BenchCluster } from './clients-cluster';
import type { Figure } from './clients-figures';
import { interleaved, perSecond, ratio } from './clients-rounds';
import { median } from './support';

const ROUNDS = 5;
const RECORDS = 300_000;
const CLOSE_MS = 30_000;
const TOPIC = TOPICS.read;

/**
 * Each consumer reads the whole topic with a new group. Handlers only count, so that the consumer itself is measured.
 */
export async function compareConsumers({ connection }: BenchCluster): Promise<readonly Figure[]> {
  await fill(connection);
  const rates = await interleaved(
    { 'order by key': () => byKeyOrder(connection), eachBatch: () => byBatches(connection) },
    ROUNDS,
  );
  return [
    {
      what: 'order by key, beside kafkajs’s eachBatch',
      measured: perSecond(median(rates['order by key'])),
      reference: perSecond(median(rates.eachBatch)),
      ratio: ratio(rates['order by key'], rates.eachBatch),
      target: { atLeast: 0.8 },
    },
  ];
}

/** Measures from the first record to the last, because joining a group takes additional time. */
class Count {
  readonly all: Promise<number>;
  private seen = 0;
  private begin = 0;
  private done!: (rate: number) => void;

  constructor() {
    this.all = new Promise((done) => (this.done = done));
  }

  add(count: number): void {
    if (this.seen === 0) this.begin = performance.now();
    this.seen += count;
    if (this.seen === RECORDS) this.done(RECORDS / ((performance.now() - this.begin) / 1_000));
  }
}

/** Records that a consumer reads in a second, with a new group. */
export async function byKeyOrder(connection: KafkaConnection): Promise<number> {
  const count = new Count();
  const consumer = await EventConsumer.start({
    connection,
    groupId: `bench-${randomUUID()}`,
    topics: [TOPIC],
    handle: () => count.add(1),
  });
  const rate = await count.all;
  await consumer.close();
  return rate;
}

async function byBatches(connection: KafkaConnection): Promise<number> {
  const count = new Count();
  const consumer = new Kafka({ brokers: [...connection.bootstrapServers], logLevel: logLevel.NOTHING }).consumer({
    groupId: `bench-${randomUUID()}`,
  });
  await consumer.connect();
  await consumer.subscribe({ topic: TOPIC, fromBeginning: true });
  await consumer.run({
    eachBatch: ({ batch: { messages } }) => {
      for (const { value } of messages) count.add(value === null ? 0 : 1);
      return Promise.resolve();
    },
  });
  const rate = await count.all;
  await consumer.disconnect();
  return rate;
}

/** Fills the topic that is read. */
export async function fill(connection: KafkaConnection): Promise<void> {
  const producer = new EventProducer({ connection, compression: 'none' });
  for (let index = 0; index < RECORDS; index++) {
    void producer.send(TOPIC, recordOf(index));
    await producer.room();
  }
  const undelivered = await producer.close(CLOSE_MS);
  if (undelivered.length > 0) throw new Error(`${undelivered.length} records were not delivered`);
}
