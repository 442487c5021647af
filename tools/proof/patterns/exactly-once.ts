import type { KafkaConnection } from '../../../src/protocol/connection';
import { withRetries } from '../../../src/client/with-retries';
import { readPartition } from '../../../src/client/log/read-partition';
import { connectKafka } from '../../../src/client/kafka-client';
import { decodeRecord, type LedgerEntry, type SeenRecord } from '../../../src/smoke/ledger';
import { checkLedger } from '../../../src/smoke/checker';
import { endOffsets, readRun, type Positions } from '../../../src/smoke/reader';
import { committedTo } from '../caught-up';
import type { Findings } from '../findings';
import { committed, countBehind } from '../group';
import { checkWrites } from '../check-writes';
import { startMembers } from '../members';
import type { Pattern } from '../pattern';
import { INPUT, OUTPUT } from '../transform-topics';
import { eventLoad } from './producer';

const NAME = 'exactly once';

/** One numbered output for each record, in the order of the log, by processes of one group that come and go. */
export const exactlyOnce: Pattern = {
  name: NAME,
  start: async ({ world, run }) => {
    const outFrom = await endOffsets(connectKafka(world.direct), OUTPUT);
    const members = await startMembers({ world, run, groupId: run, topic: INPUT, script: 'exactly-once-process.ts' });
    const { group, fleet, from } = members;
    const load = eventLoad({ world, run, topic: INPUT, partitions: from.size });
    return {
      fleet,
      stop: async () => {
        await load.stop();
        const ends = await endOffsets(group.kafka, INPUT);
        await committedTo(group, ends);
        await fleet.stop();
        const input = await readRun({ connection: world.direct, topic: INPUT, run, from });
        const copies = await readCopies({ connection: world.direct, run, from: outFrom, partitions: from.size });
        if (copies.length === 0) throw new Error(`nothing was copied: ${fleet.lastWords()}`);
        const miscommitted = countBehind(await withRetries(() => committed(group)), ends);
        return { ...checkCopies(input, copies, miscommitted), crashes: fleet.crashes };
      },
    };
  },
};

interface Copy extends SeenRecord {
  readonly count: number;
}

interface CopiesProps {
  readonly connection: KafkaConnection;
  readonly run: string;
  readonly from: Positions;
  /** Number of partitions of the input. */
  readonly partitions: number;
}

async function readCopies({ connection, run, from, partitions }: CopiesProps): Promise<readonly Copy[]> {
  const copies: Copy[] = [];
  for (let partition = 0; partition < partitions; partition++) {
    await readPartition({
      connection,
      topic: OUTPUT,
      partition,
      from: from.get(partition) ?? 0n,
      onRecord: ({ key, value, offset }) => {
        const sequence = decodeRecord(run, value);
        if (sequence !== undefined) copies.push({ partition, sequence, offset, count: Number(key?.toString()) });
      },
    });
  }
  return copies;
}

/** The log of the input serves as the ledger. */
function checkCopies(input: readonly SeenRecord[], copies: readonly Copy[], miscommitted: number): Findings {
  const ledger = input.map(({ partition, sequence }): LedgerEntry => ({ partition, sequence, outcome: 'acked' }));
  const places = new Map(input.map(({ sequence, offset }) => [sequence, Number(offset)]));
  const { outOfOrder } = checkLedger(
    [],
    copies.map((copy) => ({ ...copy, sequence: places.get(copy.sequence) ?? -1 })),
  );
  const findings = checkWrites(NAME, ledger, copies);
  return { ...findings, anomalies: { ...findings.anomalies, outOfOrder, miscommitted, torn: miscounted(copies) } };
}

/** Copies whose number does not follow the previous one: the transform's state differed from the log. */
const miscounted = (copies: readonly Copy[]): number =>
  copies.filter((copy, index) => {
    const before = copies[index - 1];
    return before?.partition === copy.partition && copy.count !== before.count + 1;
  }).length;
