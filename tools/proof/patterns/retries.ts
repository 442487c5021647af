import { withRetries } from '../../../src/client/with-retries';
import { connectKafka } from '../../../src/client/kafka-client';
import type { LedgerEntry, SeenRecord } from '../../../src/smoke/ledger';
import { endOffsets, readRun } from '../../../src/smoke/reader';
import { retryGroup, retryTopic } from '../../../src/client/retry/retry-chain';
import { caughtUp, committedTo } from '../caught-up';
import type { Findings } from '../findings';
import { committed, countBehind } from '../group';
import { Handled } from '../handled';
import { checkWrites } from '../check-writes';
import { startMembers } from '../members';
import type { Pattern } from '../pattern';
import { isForDeadLetters, proofChain } from '../proof-chain';
import { eventLoad } from './producer';

const NAME = 'retries';
const { topic, group, delays } = proofChain;
// The topics of this chain exist in this run only; they are not in the catalogue.
const deadLetterTopic = proofChain.deadLetterTopic;
const waits = delays.map((delay) => ({
  topic: retryTopic(topic, group, delay),
  groupId: retryGroup(group, delay),
}));

/**
 * Records fail according to their numbers. Each is finally handled or becomes one dead letter record, while members
 * come and go.
 */
export const retries: Pattern = {
  name: NAME,
  start: async ({ world, run }) => {
    const kafka = connectKafka(world.direct);
    const kept = await Promise.all(
      [deadLetterTopic, ...waits.map((wait) => wait.topic)].map(async (each) => ({
        topic: each,
        from: await endOffsets(kafka, each),
      })),
    );
    const members = await startMembers({ world, run, groupId: group, topic, script: 'retries-process.ts' });
    const { group: source, fleet, from, file } = members;
    const handled = new Handled(file, from);
    const load = eventLoad({ world, run, topic, partitions: from.size, burst: 5, pauseMs: 50 });
    const readKept = () =>
      Promise.all(kept.map((each) => readRun({ connection: world.direct, run, topic: each.topic, from: each.from })));
    return {
      fleet,
      stop: async () => {
        await load.stop();
        const input = await readRun({ connection: world.direct, topic, run, from });
        await caughtUp(async () => {
          handled.read();
          const [deadLetterRecords = []] = await readKept();
          const places = new Set([...handled.first, ...deadLetterRecords].map(({ sequence }) => sequence));
          return input.every(({ sequence }) => places.has(sequence));
        });
        const ends = await endOffsets(kafka, topic);
        await committedTo(source, ends);
        await fleet.stop();
        handled.read();
        const positions = await withRetries(() => committed(source));
        const miscommitted = countBehind(positions, ends);
        const findings = checkRetries(input, handled.first, await readKept());
        return {
          ...findings,
          repeated: handled.repeated,
          crashes: fleet.crashes,
          anomalies: { ...findings.anomalies, miscommitted },
        };
      },
    };
  },
};

/** @param kept dead letter records, followed by the records in each retry topic */
function checkRetries(
  input: readonly SeenRecord[],
  handled: readonly SeenRecord[],
  [deadLetterRecords = [], ...waited]: readonly (readonly SeenRecord[])[],
): Findings {
  const ledger = input.map(({ partition, sequence }): LedgerEntry => ({ partition, sequence, outcome: 'acked' }));
  const findings = checkWrites(NAME, ledger, [...handled, ...deadLetterRecords]);
  const elsewhere =
    deadLetterRecords.filter(({ sequence }) => !isForDeadLetters(sequence)).length +
    handled.filter(({ sequence }) => isForDeadLetters(sequence)).length;
  const twice = [deadLetterRecords, ...waited].reduce((sum, records) => sum + records.length - distinct(records), 0);
  return {
    ...findings,
    anomalies: {
      ...findings.anomalies,
      duplicate: twice,
      // A waiting record may be overtaken.
      outOfOrder: 0,
      misplaced: elsewhere,
    },
  };
}

const distinct = (records: readonly SeenRecord[]): number => new Set(records.map(({ sequence }) => sequence)).size;
