import { withRetries } from '../../../src/client/with-retries';
import type { LedgerEntry, SeenRecord } from '../../../src/smoke/ledger';
import { endOffsets, readRun } from '../../../src/smoke/reader';
import { caughtUp, committedTo } from '../caught-up';
import { CommitWatch } from '../commit-watch';
import type { Findings } from '../findings';
import { committed, countBehind } from '../group';
import { Handled } from '../handled';
import { checkWrites } from '../check-writes';
import { startMembers } from '../members';
import type { Pattern } from '../pattern';
import type { World } from '../world';
import { eventLoad } from './producer';

/** The data to check after all records are handled. */
export interface Consumed {
  readonly world: World;
  readonly run: string;
  /** Records of the topic, in the order of the log. */
  readonly inLog: readonly SeenRecord[];
  readonly handled: Handled;
}

interface ConsumingProps {
  readonly name: string;
  readonly topic: string;
  /** Script of the members' process, which writes a line for each record that it has handled. */
  readonly script: string;
  /** Checks further anomalies in addition to lost records and premature commits, and counts repetitions. */
  readonly check: (
    consumed: Consumed,
  ) => Promise<Pick<Findings, 'repeated'> & { anomalies: Partial<Findings['anomalies']> }>;
}

/** At-least-once consumption by processes of one group that come and go. */
export const consuming = ({ name, topic, script, check }: ConsumingProps): Pattern => ({
  name,
  start: async ({ world, run }) => {
    const { group, fleet, from, file } = await startMembers({ world, run, groupId: run, topic, script });
    const handled = new Handled(file, from);
    const watch = new CommitWatch(group, handled);
    const load = eventLoad({ world, run, topic, partitions: from.size });
    // A process takes seconds to start. Without records that arrive while it works, its faults may remain unseen.
    await caughtUp(() => {
      handled.read();
      return handled.first.length > 0;
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
        // Records that a frozen member has handled but may no longer commit are handled again by the new owner of its
        // partition.
        await committedTo(group, ends);
        await watch.stop();
        await fleet.stop();
        handled.read();
        if (handled.first.length === 0) throw new Error(`nothing was handled: ${fleet.lastWords()}`);
        const behind = await withRetries(() => committed(group));
        const inLog = await readRun({ connection: world.direct, topic, run, from });
        // The log serves as the ledger: each of its records must be handled at its place.
        const ledger = inLog.map((record): LedgerEntry => ({ ...record, outcome: 'acked' }));
        const findings = checkWrites(name, ledger, handled.first);
        const { repeated, anomalies } = await check({ world, run, inLog, handled });
        const miscommitted = watch.tooHigh + countBehind(behind, ends);
        return {
          ...findings,
          repeated,
          crashes: fleet.crashes,
          anomalies: { ...findings.anomalies, miscommitted, ...anomalies },
        };
      },
    };
  },
});
