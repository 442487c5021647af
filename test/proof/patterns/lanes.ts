import { join } from 'node:path';
import { patiently } from '../../../src/client/patiently';
import { quietKafka } from '../../../src/client/quiet-kafka';
import type { LedgerEntry, SeenRecord } from '../../../src/smoke/ledger';
import { judge } from '../../../src/smoke/oracle';
import { endOffsets, readRun } from '../../../src/smoke/reader';
import { caughtUp } from '../caught-up';
import { CommitWatch } from '../commit-watch';
import type { Findings } from '../findings';
import { Fleet } from '../fleet';
import { begin, committed, type Group } from '../group';
import { Handled } from '../handled';
import { judgeWrites } from '../judge-writes';
import { keyNumber, Load } from '../load';
import { memberArguments } from '../member';
import type { Pattern } from '../pattern';
import { eventSender } from './producer';

const NAME = 'lanes';
const TOPIC = 'orders';

/** At least once, in the order of the keys, by processes of one group that come and go. */
export const lanes: Pattern = {
  name: NAME,
  start: async ({ world, run }) => {
    const kafka = quietKafka(world.direct);
    const group: Group = { kafka, groupId: run, topic: TOPIC };
    const from = await endOffsets(kafka, TOPIC);
    await begin(group, from);
    const file = join(world.directory, `${run}.handled`);
    const fleet = new Fleet({
      script: join(__dirname, '..', 'lanes-process.ts'),
      args: memberArguments({ bootstrap: world.bootstrap, groupId: run, run, file }),
      logFile: join(world.directory, `${run}.log`),
    });
    await fleet.scale(1);
    const handled = new Handled(file, from);
    const watch = new CommitWatch(group, handled);
    const load = new Load({
      sender: eventSender(TOPIC, { bootstrap: world.bootstrap }),
      run,
      partitions: from.size,
      burst: 10,
      pauseMs: 30,
    });
    return {
      fleet,
      stop: async () => {
        await load.stop();
        const ends = await endOffsets(kafka, TOPIC);
        await caughtUp(() => {
          handled.read();
          return [...ends].every(([partition, end]) => handled.lowestUnhandled(partition) >= end);
        });
        await watch.stop();
        await fleet.stop();
        handled.read();
        if (handled.first.length === 0) throw new Error(`nothing was handled: ${fleet.lastWords()}`);
        const behind = await patiently(() => committed(group));
        const inLog = await readRun({ bootstrap: world.direct, topic: TOPIC, run, from });
        const miscommitted =
          watch.tooHigh + [...ends].filter(([partition, end]) => behind.get(partition) !== end).length;
        return { ...judgeHandling(inLog, handled, miscommitted), crashes: fleet.crashes };
      },
    };
  },
};

/** The log is the ledger here: each record of it has to be handled at its place, a key's in the order of the log. */
function judgeHandling(inLog: readonly SeenRecord[], handled: Handled, miscommitted: number): Findings {
  const ledger = inLog.map((record): LedgerEntry => ({ ...record, outcome: 'acked' }));
  const findings = judgeWrites(NAME, ledger, handled.first);
  const { outOfOrder } = judge([], handled.first.map(byKey));
  return { ...findings, repeated: handled.repeated, flaws: { ...findings.flaws, outOfOrder, miscommitted } };
}

/** Keys of a partition are handled side by side. */
const byKey = ({ sequence, offset }: SeenRecord): SeenRecord => ({
  partition: keyNumber(sequence),
  sequence: Number(offset),
  offset,
});
