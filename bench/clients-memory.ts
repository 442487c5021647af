import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EventConsumer } from '../src/client/consumer/event-consumer';
import { EventProducer } from '../src/client/producer/event-producer';
import { recordOf, TOPICS, type BenchCluster } from './clients-cluster';
import type { Figure } from './clients-figures';
import { median } from './support';

const RECORDS_PER_TICK = 50;
const TICK_MS = 20;
/** Half as many samples are taken before and ignored, while code is compiled and buffers grow. */
const SAMPLES = 80;
const WARM_UP = 40;
/** Number of samples per line of progress. */
const PROGRESS = 10;
const MEBIBYTE = 2 ** 20;
const AT_MOST = 1.1;

/**
 * Runs a producer and a consumer at a constant rate, and compares the memory after garbage collection at the end and at
 * the start.
 */
export async function watchMemory({ connection }: BenchCluster, minutes: number): Promise<Figure> {
  const collect = collector();
  const producer = new EventProducer({ connection });
  const consumer = await EventConsumer.start({
    connection,
    groupId: `bench-${randomUUID()}`,
    topics: [TOPICS.written],
    handle: () => delay(1),
  });
  const samples: number[] = [];
  let index = 0;
  const pace = setInterval(() => {
    for (let count = 0; count < RECORDS_PER_TICK; count++) void producer.send(TOPICS.written, recordOf(index++));
  }, TICK_MS);
  for (let sample = -WARM_UP; sample < SAMPLES; sample++) {
    await delay((minutes * 60_000) / (WARM_UP + SAMPLES));
    collect();
    const { heapUsed, external, rss } = process.memoryUsage();
    if (sample >= 0) samples.push(heapUsed + external);
    if (sample % PROGRESS === 0)
      console.error(
        `  ${index} records: ${mebibytes(heapUsed + external)} after a collection, ${mebibytes(rss)} resident`,
      );
  }
  clearInterval(pace);
  await Promise.all([producer.close(30_000), consumer.close()]);
  const begin = median(samples.slice(0, SAMPLES / 2));
  const end = median(samples.slice(SAMPLES / 2));
  return {
    what: `memory over ${minutes} minutes, later beside earlier`,
    measured: mebibytes(end),
    reference: mebibytes(begin),
    ratio: end / begin,
    target: { atMost: AT_MOST },
  };
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

const mebibytes = (bytes: number): string => `${(bytes / MEBIBYTE).toFixed(1)} MiB`;
