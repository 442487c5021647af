import type { SeenRecord } from '../../../src/smoke/ledger';
import { judge } from '../../../src/smoke/oracle';
import { readRun } from '../../../src/smoke/reader';
import type { TopicName } from '../../../src/topics/catalogue';
import { batchChain, fateOf } from '../proof-chain';
import { consuming } from './consuming';

// The world has the topics of this chain, and the catalogue does not.
const deadLetterTopic = batchChain.deadLetterTopic as TopicName;

/** A partition's in the order of the log; what fails for good, and nothing else, is a dead letter, at least once. */
export const batchHandler = consuming({
  name: 'batch handler',
  topic: batchChain.topic as TopicName,
  script: 'batch-handler-process.ts',
  judge: async ({ world, run, inLog, handled }) => {
    const begin = new Map(inLog.map(({ partition }) => [partition, 0n]));
    const letters = await readRun({ bootstrap: world.direct, topic: deadLetterTopic, run, from: begin });
    const kept = new Set(letters.map(({ sequence }) => sequence));
    const missing = inLog.filter((record) => isForDeadLetters(record) && !kept.has(record.sequence));
    const strays = letters.filter((letter) => !isForDeadLetters(letter));
    const { outOfOrder } = judge([], handled.first.map(byPlace));
    return {
      repeated: handled.repeated + letters.length - kept.size,
      flaws: { outOfOrder, misplaced: missing.length + strays.length },
    };
  },
});

const isForDeadLetters = ({ sequence }: SeenRecord): boolean => fateOf(sequence) === 'permanent';

const byPlace = (record: SeenRecord): SeenRecord => ({ ...record, sequence: Number(record.offset) });
