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

/** Everyone reads the whole topic with a new group; a handler only counts, so that what is around it is measured. */
export async function compareConsumers({ bootstrap }: BenchCluster): Promise<readonly Figure[]> {
  await fill(bootstrap);
  const rates = await interleaved(
    { 'key lanes': () => byLanes(bootstrap), eachBatch: () => byBatches(bootstrap) },
    ROUNDS,
  );
  return [
    {
      what: 'key lanes, beside kafkajs’s eachBatch',
      measured: perSecond(median(rates['key lanes'])),
      reference: perSecond(median(rates.eachBatch)),
      ratio: ratio(rates['key lanes'], rates.eachBatch),
      target: { atLeast: 0.8 },
    },
  ];
}

/** From the first record, for joining a group takes its time, to the last. */
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

async function byLanes(bootstrap: readonly string[]): Promise<number> {
  const count = new Count();
  const consumer = await EventConsumer.start({
    bootstrap,
    groupId: `bench-${randomUUID()}`,
    topics: [TOPIC],
    handle: () => count.add(1),
  });
  const rate = await count.all;
  await consumer.close();
  return rate;
}

async function byBatches(bootstrap: readonly string[]): Promise<number> {
  const count = new Count();
  const consumer = new Kafka({ brokers: [...bootstrap], logLevel: logLevel.NOTHING }).consumer({
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

async function fill(bootstrap: readonly string[]): Promise<void> {
  const producer = new EventProducer({ bootstrap, compression: 'none' });
  for (let index = 0; index < RECORDS; index++) {
    void producer.send(TOPIC, recordOf(index));
    await producer.room();
  }
  const undelivered = await producer.close(CLOSE_MS);
  if (undelivered.length > 0) throw new Error(`${undelivered.length} records were not delivered`);
}
