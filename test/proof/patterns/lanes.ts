import { patiently } from '../../../src/client/patiently';
import type { LedgerEntry, SeenRecord } from '../../../src/smoke/ledger';
import { judge } from '../../../src/smoke/oracle';
import { endOffsets, readRun } from '../../../src/smoke/reader';
import { caughtUp } from '../caught-up';
import { CommitWatch } from '../commit-watch';
import type { Findings } from '../findings';
import { committed, countBehind } from '../group';
import { Handled } from '../handled';
import { judgeWrites } from '../judge-writes';
import { keyNumber, Load } from '../load';
import { startMembers } from '../members';
import type { Pattern } from '../pattern';
import { eventSender } from './producer';

const NAME = 'lanes';
const TOPIC = 'orders';

/** At least once, in the order of the keys, by processes of one group that come and go. */
export const lanes: Pattern = {
  name: NAME,
  start: async ({ world, run }) => {
    const members = await startMembers({ world, run, groupId: run, topic: TOPIC, script: 'lanes-process.ts' });
    const { group, fleet, from, file } = members;
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
        const ends = await endOffsets(group.kafka, TOPIC);
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
        const miscommitted = watch.tooHigh + countBehind(behind, ends);
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
