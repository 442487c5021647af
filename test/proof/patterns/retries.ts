import { patiently } from '../../../src/client/patiently';
import { quietKafka } from '../../../src/client/quiet-kafka';
import type { LedgerEntry, SeenRecord } from '../../../src/smoke/ledger';
import { endOffsets, readRun } from '../../../src/smoke/reader';
import type { TopicName } from '../../../src/topics/catalogue';
import { retryGroup, retryTopic } from '../../../src/topics/retry-chain';
import { caughtUp } from '../caught-up';
import type { Findings } from '../findings';
import { committed, countBehind } from '../group';
import { Handled } from '../handled';
import { judgeWrites } from '../judge-writes';
import { Load } from '../load';
import { startMembers } from '../members';
import type { Pattern } from '../pattern';
import { isForDeadLetters, proofChain } from '../proof-chain';
import { eventSender } from './producer';

const NAME = 'retries';
const { topic, group, delays } = proofChain;
// The world has the topics of this chain, and the catalogue does not.
const deadLetterTopic = proofChain.deadLetterTopic as TopicName;
const waits = delays.map((delay) => ({
  topic: retryTopic(topic, group, delay) as TopicName,
  groupId: retryGroup(group, delay),
}));

/** Records fail as their numbers say: each is handled in the end, or is one dead letter, whoever comes and goes meanwhile. */
export const retries: Pattern = {
  name: NAME,
  start: async ({ world, run }) => {
    const kafka = quietKafka(world.direct);
    const kept = await Promise.all(
      [deadLetterTopic, ...waits.map((wait) => wait.topic)].map(async (each) => ({
        topic: each,
        from: await endOffsets(kafka, each),
      })),
    );
    const members = await startMembers({ world, run, groupId: group, topic, script: 'retries-process.ts' });
    const { group: source, fleet, from, file } = members;
    const handled = new Handled(file, from);
    const load = new Load({
      sender: eventSender(topic, { bootstrap: world.bootstrap }),
      run,
      partitions: from.size,
      burst: 5,
      pauseMs: 50,
    });
    const readKept = () =>
      Promise.all(kept.map((each) => readRun({ bootstrap: world.direct, run, topic: each.topic, from: each.from })));
    return {
      fleet,
      stop: async () => {
        await load.stop();
        const input = await readRun({ bootstrap: world.direct, topic, run, from });
        await caughtUp(async () => {
          handled.read();
          const [letters = []] = await readKept();
          const places = new Set([...handled.first, ...letters].map(({ sequence }) => sequence));
          return input.every(({ sequence }) => places.has(sequence));
        });
        const ends = await endOffsets(kafka, topic);
        await caughtUp(async () => {
          const positions = await committed(source).catch(() => new Map<number, bigint>());
          return countBehind(positions, ends) === 0;
        });
        await fleet.stop();
        handled.read();
        const positions = await patiently(() => committed(source));
        const miscommitted = countBehind(positions, ends);
        const findings = judgeRetries(input, handled.first, await readKept());
        return {
          ...findings,
          repeated: handled.repeated,
          crashes: fleet.crashes,
          flaws: { ...findings.flaws, miscommitted },
        };
      },
    };
  },
};

/** @param kept the dead letters, then what stands in each retry topic */
function judgeRetries(
  input: readonly SeenRecord[],
  handled: readonly SeenRecord[],
  [letters = [], ...waited]: readonly (readonly SeenRecord[])[],
): Findings {
  const ledger = input.map(({ partition, sequence }): LedgerEntry => ({ partition, sequence, outcome: 'acked' }));
  const findings = judgeWrites(NAME, ledger, [...handled, ...letters]);
  const elsewhere =
    letters.filter(({ sequence }) => !isForDeadLetters(sequence)).length +
    handled.filter(({ sequence }) => isForDeadLetters(sequence)).length;
  const twice = [letters, ...waited].reduce((sum, records) => sum + records.length - distinct(records), 0);
  return {
    ...findings,
    flaws: {
      ...findings.flaws,
      duplicate: twice,
      // A record that waits is overtaken.
      outOfOrder: 0,
      misplaced: elsewhere,
    },
  };
}

const distinct = (records: readonly SeenRecord[]): number => new Set(records.map(({ sequence }) => sequence)).size;
