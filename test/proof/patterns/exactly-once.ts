import { patiently } from '../../../src/client/patiently';
import { readPartition } from '../../../src/client/log/read-partition';
import { quietKafka } from '../../../src/client/quiet-kafka';
import { decodeRecord, type LedgerEntry, type SeenRecord } from '../../../src/smoke/ledger';
import { judge } from '../../../src/smoke/oracle';
import { endOffsets, readRun, type Positions } from '../../../src/smoke/reader';
import { caughtUp } from '../caught-up';
import type { Findings } from '../findings';
import { committed, countBehind } from '../group';
import { judgeWrites } from '../judge-writes';
import { Load } from '../load';
import { startMembers } from '../members';
import type { Pattern } from '../pattern';
import { INPUT, OUTPUT } from '../transform-topics';
import { eventSender } from './producer';

const NAME = 'exactly once';

/** One output for each record, in the order of the log and counted on, by processes of one group that come and go. */
export const exactlyOnce: Pattern = {
  name: NAME,
  start: async ({ world, run }) => {
    const outFrom = await endOffsets(quietKafka(world.direct), OUTPUT);
    const members = await startMembers({ world, run, groupId: run, topic: INPUT, script: 'exactly-once-process.ts' });
    const { group, fleet, from } = members;
    const load = new Load({
      sender: eventSender(INPUT, { bootstrap: world.bootstrap }),
      run,
      partitions: from.size,
      burst: 10,
      pauseMs: 30,
    });
    return {
      fleet,
      stop: async () => {
        await load.stop();
        const ends = await endOffsets(group.kafka, INPUT);
        await caughtUp(
          async () => countBehind(await committed(group).catch(() => new Map<number, bigint>()), ends) === 0,
        );
        await fleet.stop();
        const input = await readRun({ bootstrap: world.direct, topic: INPUT, run, from });
        const copies = await readCopies({ bootstrap: world.direct, run, from: outFrom, partitions: from.size });
        if (copies.length === 0) throw new Error(`nothing was copied: ${fleet.lastWords()}`);
        const miscommitted = countBehind(await patiently(() => committed(group)), ends);
        return { ...judgeCopies(input, copies, miscommitted), crashes: fleet.crashes };
      },
    };
  },
};

interface Copy extends SeenRecord {
  readonly count: number;
}

interface CopiesProps {
  readonly bootstrap: readonly string[];
  readonly run: string;
  readonly from: Positions;
  /** Of the input. */
  readonly partitions: number;
}

async function readCopies({ bootstrap, run, from, partitions }: CopiesProps): Promise<readonly Copy[]> {
  const copies: Copy[] = [];
  for (let partition = 0; partition < partitions; partition++) {
    await readPartition({
      bootstrap,
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

/** The log of the input is the ledger here. */
function judgeCopies(input: readonly SeenRecord[], copies: readonly Copy[], miscommitted: number): Findings {
  const ledger = input.map(({ partition, sequence }): LedgerEntry => ({ partition, sequence, outcome: 'acked' }));
  const places = new Map(input.map(({ sequence, offset }) => [sequence, Number(offset)]));
  const { outOfOrder } = judge(
    [],
    copies.map((copy) => ({ ...copy, sequence: places.get(copy.sequence) ?? -1 })),
  );
  const findings = judgeWrites(NAME, ledger, copies);
  return { ...findings, flaws: { ...findings.flaws, outOfOrder, miscommitted, torn: miscounted(copies) } };
}

/** Copies that do not count on from the one before: what the transform kept was not what stood in the log. */
const miscounted = (copies: readonly Copy[]): number =>
  copies.filter((copy, index) => {
    const before = copies[index - 1];
    return before?.partition === copy.partition && copy.count !== before.count + 1;
  }).length;
