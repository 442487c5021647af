import type { SeenRecord } from '../../../src/smoke/ledger';
import { checkLedger } from '../../../src/smoke/checker';
import { readRun } from '../../../src/smoke/reader';
import { batchChain, isForDeadLetters } from '../proof-chain';
import { consuming } from './consuming';

// The topics of this chain exist in this run only; they are not in the catalogue.
const deadLetterTopic = batchChain.deadLetterTopic;

/**
 * Records of a partition are handled in the order of the log. Exactly the records that fail permanently become dead
 * letter records, at least once each.
 */
export const batchHandler = consuming({
  name: 'batch handler',
  topic: batchChain.topic,
  script: 'batch-handler-process.ts',
  check: async ({ world, run, inLog, handled }) => {
    const begin = new Map(inLog.map(({ partition }) => [partition, 0n]));
    const deadLetterRecords = await readRun({ connection: world.direct, topic: deadLetterTopic, run, from: begin });
    const kept = new Set(deadLetterRecords.map(({ sequence }) => sequence));
    const missing = inLog.filter(({ sequence }) => isForDeadLetters(sequence) && !kept.has(sequence));
    const strays = deadLetterRecords.filter(({ sequence }) => !isForDeadLetters(sequence));
    const { outOfOrder } = checkLedger([], handled.first.map(byPlace));
    return {
      repeated: handled.repeated + deadLetterRecords.length - kept.size,
      anomalies: { outOfOrder, misplaced: missing.length + strays.length },
    };
  },
});

const byPlace = (record: SeenRecord): SeenRecord => ({ ...record, sequence: Number(record.offset) });
