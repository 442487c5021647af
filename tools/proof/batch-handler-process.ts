import { setTimeout as delay } from 'node:timers/promises';
import { PermanentError, RetriableError } from '../../src/client/errors';
import { EventConsumer } from '../../src/client/consumer/event-consumer';
import type { ConsumedRecord } from '../../src/client/consumer/record';
import { EventProducer } from '../../src/client/producer/event-producer';
import { deadLetters } from '../../src/client/retry/dead-letters';
import { decodeRecord } from '../../src/smoke/ledger';
import { noteHandled } from './handled';
import { runMember, TUNING } from './member';
import { batchChain, isForDeadLetters } from './proof-chain';

const MS_PER_RECORD = 2;
const BATCH_RECORDS = 20;
/** Share of first attempts at batches that fail. */
const FAILING = 0.05;

const topic = batchChain.topic;
const deadLetterTopic = batchChain.deadLetterTopic;

/** A consumer of batches with a dead letter topic. */
runMember(async ({ connection, groupId, run, file }) => {
  const sequenceOf = ({ value }: ConsumedRecord): number => decodeRecord(run, value) ?? -1;
  const producer = new EventProducer({ connection });
  const keep = deadLetters({ chain: { topic, group: batchChain.group, deadLetterTopic }, producer });
  const consumer = await EventConsumer.start({
    ...TUNING,
    connection,
    groupId,
    topics: [topic],
    batchRecords: BATCH_RECORDS,
    handleBatch: async (records, { attempt }) => {
      await delay(Math.random() * MS_PER_RECORD * records.length);
      if (attempt === 1 && Math.random() < FAILING) throw new RetriableError('passes');
      for (const record of records) {
        if (isForDeadLetters(sequenceOf(record))) throw new PermanentError('never');
        noteHandled(file, run, record);
      }
    },
    onPermanent: async (failure) => {
      const kept = await keep(failure);
      noteHandled(file, run, failure.record);
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
