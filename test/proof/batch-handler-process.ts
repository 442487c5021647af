import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { PermanentError, RetriableError } from '../../src/client/consumer/errors';
import { EventConsumer } from '../../src/client/consumer/event-consumer';
import type { ConsumedRecord } from '../../src/client/consumer/record';
import { EventProducer } from '../../src/client/producer/event-producer';
import { deadLetters } from '../../src/client/retry/dead-letters';
import { decodeRecord } from '../../src/smoke/ledger';
import type { TopicName } from '../../src/topics/catalogue';
import { runMember, TUNING } from './member';
import { batchChain, fateOf } from './proof-chain';

const MS_PER_RECORD = 2;
const BATCH_RECORDS = 20;
/** Of the first attempts at batches. */
const FAILING = 0.05;

const topic = batchChain.topic as TopicName;
const deadLetterTopic = batchChain.deadLetterTopic as TopicName;

/** A consumer of batches, with dead letters. */
runMember(async ({ bootstrap, groupId, run, file }) => {
  const sequenceOf = ({ value }: ConsumedRecord): number => decodeRecord(run, value) ?? -1;
  const note = (record: ConsumedRecord): void =>
    appendFileSync(file, `${record.partition} ${record.offset} ${sequenceOf(record)}\n`);
  const producer = new EventProducer({ bootstrap });
  const keep = deadLetters({ chain: { topic, group: batchChain.group, deadLetterTopic }, producer });
  const consumer = await EventConsumer.start<TopicName>({
    ...TUNING,
    bootstrap,
    groupId,
    topics: [topic],
    batchRecords: BATCH_RECORDS,
    handleBatch: async (records, { attempt }) => {
      await delay(Math.random() * MS_PER_RECORD * records.length);
      if (attempt === 1 && Math.random() < FAILING) throw new RetriableError('passes');
      for (const record of records) {
        if (fateOf(sequenceOf(record)) === 'permanent') throw new PermanentError('never');
        note(record);
      }
    },
    onPermanent: async (failure) => {
      const kept = await keep(failure);
      note(failure.record);
      return kept;
    },
  });
  return {
    ended: consumer.ended,
    close: async (deadlineMs) => {
      await consumer.close(deadlineMs);
      await producer.close(deadlineMs);
    },
  };
});
