import type { Kafka } from 'kafkajs';
import { withAdmin } from '../client/quiet-kafka';
import { decodeRecord, type RunId, type SeenRecord } from './ledger';

const WITHIN_MS = 60_000;

/** First offset to read of each partition, by partition number. */
export type Positions = ReadonlyMap<number, bigint>;

interface ReadProps {
  readonly kafka: Kafka;
  readonly topic: string;
  readonly run: RunId;
  /** Where the run began. */
  readonly from: Positions;
}

/** Offsets at which the next records will stand. */
export function endOffsets(kafka: Kafka, topic: string): Promise<Positions> {
  return withAdmin(kafka, async (admin) => {
    const offsets = await admin.fetchTopicOffsets(topic);
    return new Map(offsets.map(({ partition, high }) => [partition, BigInt(high)]));
  });
}

/**
 * Reads every record of the run from where it began to where the logs end now, with a group of its own that is deleted
 * afterwards. @throws when the end is not reached within a minute
 */
export async function readRun({ kafka, topic, run, from }: ReadProps): Promise<readonly SeenRecord[]> {
  const until = await endOffsets(kafka, topic);
  const groupId = `platform-smoke-${run}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 250 });
  const seen: SeenRecord[] = [];
  const missing = new Set(
    [...until].filter(([partition, end]) => end > (from.get(partition) ?? 0n)).map(([partition]) => partition),
  );
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((done, fail) => {
      const timer = setTimeout(
        () => fail(new Error(`the end of ${topic} was not reached within ${WITHIN_MS / 1_000} s`)),
        WITHIN_MS,
      );
      const finishIfComplete = (): void => {
        if (missing.size > 0) return;
        clearTimeout(timer);
        done();
      };
      consumer.on(consumer.events.CRASH, ({ payload }) => fail(payload.error));
      void consumer.run({
        autoCommit: false,
        eachBatch: ({ batch }) => {
          const end = until.get(batch.partition) ?? 0n;
          for (const { offset, value } of batch.messages) {
            const sequence = decodeRecord(run, value);
            if (sequence !== undefined) seen.push({ partition: batch.partition, sequence, offset: BigInt(offset) });
          }
          if (BigInt(batch.lastOffset()) + 1n >= end) missing.delete(batch.partition);
          finishIfComplete();
          return Promise.resolve();
        },
      });
      for (const [partition, offset] of from) consumer.seek({ topic, partition, offset: String(offset) });
      finishIfComplete();
    });
  } finally {
    await consumer.disconnect();
  }
  await withAdmin(kafka, (admin) => admin.deleteGroups([groupId]));
  return seen;
}
