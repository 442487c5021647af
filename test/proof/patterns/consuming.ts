import { patiently } from '../../../src/client/patiently';
import type { LedgerEntry, SeenRecord } from '../../../src/smoke/ledger';
import { endOffsets, readRun } from '../../../src/smoke/reader';
import type { TopicName } from '../../../src/topics/catalogue';
import { caughtUp } from '../caught-up';
import { CommitWatch } from '../commit-watch';
import type { Findings } from '../findings';
import { committed, countBehind } from '../group';
import { Handled } from '../handled';
import { judgeWrites } from '../judge-writes';
import { startMembers } from '../members';
import { Load } from '../load';
import type { Pattern } from '../pattern';
import type { World } from '../world';
import { eventSender } from './producer';

/** What there is to judge when all is handled. */
export interface Consumed {
  readonly world: World;
  readonly run: string;
  /** Of the topic, in the order of the log. */
  readonly inLog: readonly SeenRecord[];
  readonly handled: Handled;
}

interface ConsumingProps {
  readonly name: string;
  readonly topic: TopicName;
  /** Of the members' process; they write a line for each record that they have dealt with. */
  readonly script: string;
  /** What else must not be, beside records that are lost or committed too early; and what may have been done twice. */
  readonly judge: (consumed: Consumed) => Promise<Pick<Findings, 'repeated'> & { flaws: Partial<Findings['flaws']> }>;
}

/** At least once, by processes of one group that come and go. */
export const consuming = ({ name, topic, script, judge }: ConsumingProps): Pattern => ({
  name,
  start: async ({ world, run }) => {
    const { group, fleet, from, file } = await startMembers({ world, run, groupId: run, topic, script });
    const handled = new Handled(file, from);
    const watch = new CommitWatch(group, handled);
    const load = new Load({
      sender: eventSender(topic, { bootstrap: world.bootstrap }),
      run,
      partitions: from.size,
      burst: 10,
      pauseMs: 30,
    });
    return {
      fleet,
      stop: async () => {
        await load.stop();
        const ends = await endOffsets(group.kafka, topic);
        await caughtUp(() => {
          handled.read();
          return [...ends].every(([partition, end]) => handled.lowestUnhandled(partition) >= end);
        });
        // What a frozen member has handled, and may not commit any more, is done again by who has its partition.
        await caughtUp(
          async () => countBehind(await committed(group).catch(() => new Map<number, bigint>()), ends) === 0,
        );
        await watch.stop();
        await fleet.stop();
        handled.read();
        if (handled.first.length === 0) throw new Error(`nothing was handled: ${fleet.lastWords()}`);
        const behind = await patiently(() => committed(group));
        const inLog = await readRun({ bootstrap: world.direct, topic, run, from });
        // The log is the ledger here: each record of it has to be dealt with at its place.
        const ledger = inLog.map((record): LedgerEntry => ({ ...record, outcome: 'acked' }));
        const findings = judgeWrites(name, ledger, handled.first);
        const { repeated, flaws } = await judge({ world, run, inLog, handled });
        const miscommitted = watch.tooHigh + countBehind(behind, ends);
        return {
          ...findings,
          repeated,
          crashes: fleet.crashes,
          flaws: { ...findings.flaws, miscommitted, ...flaws },
        };
      },
    };
  },
});
