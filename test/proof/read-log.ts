import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import { withAdmin } from '../../src/client/quiet-kafka';
import { decodeRecord, type SeenRecord } from '../../src/smoke/ledger';
import { endOffsets, type Positions } from '../../src/smoke/reader';
import { begin } from './group';

const WITHIN_MS = 90_000;
/** Without a record, for one attempt. */
const IDLE_MS = 5_000;
const POLL_MS = 50;

interface Reading {
  readonly kafka: Kafka;
  readonly topic: string;
  readonly run: string;
  readonly from: Positions;
}

/**
 * What readers of committed records find of a run, each partition in the order of its log. kafkajs's consumer hangs when it
 * joins a group whose coordinator has just come up: then it is begun anew, with another group.
 * @throws when the end is not reached within a minute and a half
 */
export async function readLog(reading: Reading): Promise<readonly SeenRecord[]> {
  const until = await endOffsets(reading.kafka, reading.topic);
  const deadline = Date.now() + WITHIN_MS;
  for (;;) {
    try {
      return await readOnce(reading, until);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(IDLE_MS / 10);
    }
  }
}

async function readOnce({ kafka, topic, run, from }: Reading, until: Positions): Promise<readonly SeenRecord[]> {
  const groupId = `proof-${randomUUID()}`;
  await begin({ kafka, groupId, topic }, from);
  const next = new Map(from);
  const seen: SeenRecord[] = [];
  let lastProgress = Date.now();
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100 });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: ({ batch: { partition, messages } }) => {
        lastProgress = Date.now();
        for (const { offset, value } of messages) {
          const at = BigInt(offset);
          const sequence = decodeRecord(run, value);
          if (at < (next.get(partition) ?? 0n)) continue;
          next.set(partition, at + 1n);
          if (sequence !== undefined) seen.push({ partition, sequence, offset: at });
        }
        return Promise.resolve();
      },
    });
    while ([...until].some(([partition, end]) => (next.get(partition) ?? 0n) < end)) {
      if (Date.now() - lastProgress > IDLE_MS) throw new Error(`the end of ${topic} was not reached`);
      await delay(POLL_MS);
    }
    return seen;
  } finally {
    await consumer.disconnect().catch(() => undefined);
    await withAdmin(kafka, (admin) => admin.deleteGroups([groupId])).catch(() => undefined);
  }
}
