import { SMOKE_TOPIC } from '../topics/catalogue';
import { failed, passed, type Check } from './check';
import { describeJudgement, isFlawless, judge } from './oracle';
import { endOffsets, readRun } from './reader';
import { PartitionWriter } from './writer';

const SENDS = 10;
const RECORDS_PER_SEND = 50;

/** Every record that is acknowledged is read back: once, in order, where the acknowledgement said. */
export const ledgerCheck: Check = {
  name: 'records',
  async run({ bootstrap, kafka, run: smokeRun }, note) {
    const run = `${smokeRun}-records`;
    const from = await endOffsets(kafka, SMOKE_TOPIC);
    const writers = [...from.keys()].map(
      (partition) => new PartitionWriter({ kafka, topic: SMOKE_TOPIC, run }, partition),
    );
    note('writing');
    await Promise.all(writers.map(writeAll));
    note('reading back');
    const ledger = writers.flatMap((writer) => writer.ledger);
    const judgement = judge(ledger, await readRun({ bootstrap, topic: SMOKE_TOPIC, run, from }));
    const summary = `${describeJudgement(judgement)} (${writers.length} partitions, acks=all)`;
    const unwritten = ledger.length - judgement.acked;
    if (unwritten > 0) return failed(`${unwritten} records were not acknowledged; ${summary}`, judgement);
    return isFlawless(judgement) ? passed(summary, judgement) : failed(summary, judgement);
  },
};

async function writeAll(writer: PartitionWriter): Promise<void> {
  try {
    for (let send = 0; send < SENDS; send++) await writer.write(RECORDS_PER_SEND);
  } finally {
    await writer.close();
  }
}
