import type { KafkaClusterConfig } from '../config';
import { SMOKE_TOPIC } from '../../../smoke/topic';
import { failed, passed, skipped } from '../../outcome';
import { withoutSmokeTopic, type Check } from '../../../smoke/check';
import { describeVerdict, hasNoAnomaly, checkLedger } from '../../../smoke/checker';
import { endOffsets, readRun } from '../../../smoke/reader';
import { PartitionWriter } from '../../../smoke/writer';

const SENDS = 10;
const RECORDS_PER_SEND = 50;

/** Checks that every acknowledged record is read back: once, in order, at the acknowledged offset. */
export const ledgerCheck: Check<KafkaClusterConfig> = {
  name: 'records',
  async run({ config, connection, kafka, run: smokeRun }, note) {
    if (!config.topics.some(({ name }) => name === SMOKE_TOPIC)) return skipped(withoutSmokeTopic);
    const run = `${smokeRun}-records`;
    const from = await endOffsets(kafka, SMOKE_TOPIC);
    const writers = [...from.keys()].map(
      (partition) => new PartitionWriter({ kafka, topic: SMOKE_TOPIC, run }, partition),
    );
    note('writing');
    await Promise.all(writers.map(writeAll));
    note('reading back');
    const ledger = writers.flatMap((writer) => writer.ledger);
    const verdict = checkLedger(ledger, await readRun({ connection, topic: SMOKE_TOPIC, run, from }));
    const summary = `${describeVerdict(verdict)} (${writers.length} partitions, acks=all)`;
    const unwritten = ledger.length - verdict.acked;
    if (unwritten > 0) return failed(`${unwritten} records were not acknowledged; ${summary}`, verdict);
    return hasNoAnomaly(verdict) ? passed(summary, verdict) : failed(summary, verdict);
  },
};

async function writeAll(writer: PartitionWriter): Promise<void> {
  try {
    for (let send = 0; send < SENDS; send++) await writer.write(RECORDS_PER_SEND);
  } finally {
    await writer.close();
  }
}
