import type { KafkaConnection } from '../src/protocol/connection';
import { randomUUID } from 'node:crypto';
import { Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import { TransactionalWriter } from '../src/client/transactions/transactional-writer';
import { recordOf, TOPICS, type BenchCluster } from './clients-cluster';
import type { Figure } from './clients-figures';
import { interleaved, perSecond } from './clients-rounds';
import { median } from './support';

const ROUNDS = 5;
const ROUND_MS = 5_000;
const AT_LEAST_PER_SECOND = 50;
const WRITTEN = Object.values(TOPICS);

/** Each transaction has one record in each of two topics; transactions run one after the other. */
export async function compareTransactions({ connection }: BenchCluster): Promise<readonly Figure[]> {
  const writer = await TransactionalWriter.open({ connection, transactionalId: `bench-${randomUUID()}` });
  const rates = await interleaved(
    { writer: () => untilTimeIsUp((index) => write(writer, index)), kafkajs: () => byKafkajs(connection) },
    ROUNDS,
  );
  await writer.close();
  const rate = median(rates.writer);
  return [
    {
      what: `transactions, beside kafkajs’s (ratio to ${AT_LEAST_PER_SECOND}/s)`,
      measured: perSecond(rate),
      reference: perSecond(median(rates.kafkajs)),
      ratio: rate / AT_LEAST_PER_SECOND,
      target: { atLeast: 1 },
    },
  ];
}

async function write(writer: TransactionalWriter, index: number): Promise<boolean> {
  const result = await writer.write(WRITTEN.map((topic) => ({ topic, ...recordOf(index) })));
  if (result.outcome !== 'committed') throw new Error(`a transaction was ${result.outcome}`, { cause: result.cause });
  return true;
}

/** A producer that has given up a transaction cannot be used again. */
async function byKafkajs(connection: KafkaConnection): Promise<number> {
  let producer: Producer | undefined;
  const transactionalId = `bench-${randomUUID()}`;
  try {
    return await untilTimeIsUp(async (index) => {
      producer ??= await connected(connection, transactionalId);
      try {
        const transaction = await producer.transaction();
        for (const topic of WRITTEN) await transaction.send({ topic, messages: [recordOf(index)] });
        await transaction.commit();
        return true;
      } catch {
        await producer.disconnect();
        producer = undefined;
        return false;
      }
    });
  } finally {
    await producer?.disconnect();
  }
}

async function connected(connection: KafkaConnection, transactionalId: string): Promise<Producer> {
  const producer = new Kafka({ brokers: [...connection.bootstrapServers], logLevel: logLevel.NOTHING }).producer({
    idempotent: true,
    transactionalId,
    maxInFlightRequests: 1,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  return producer;
}

/** Number of successful calls per second. */
async function untilTimeIsUp(work: (index: number) => Promise<boolean>): Promise<number> {
  const started = performance.now();
  let done = 0;
  for (let index = 0; performance.now() - started < ROUND_MS; index++) if (await work(index)) done += 1;
  return done / ((performance.now() - started) / 1_000);
}
