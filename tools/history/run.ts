import { setTimeout as delay } from 'node:timers/promises';
import { groupOffsets } from '../../src/client/group-offsets';
import { readTopic } from '../../src/client/log/read-topic';
import { connectKafka, withAdmin } from '../../src/client/kafka-client';
import { endOffsets } from '../../src/smoke/reader';
import { Dice } from '../support/dice';
import { APPLICATIONS } from './applications';
import { check, type Verdict } from './checker';
import { faultNames, inject, type Fault, type Scene } from './faults';
import { GROUPS, History, type Group } from './history';
import { idOf } from './record-kinds';
import { Supervised } from './supervised';
import { chains, output, source } from './topics';
import { Traffic } from './traffic';
import type { World } from './world';

const POLL_MS = 1_000;
const SETTLE_MS = 180_000;
/** Pause between two faults, so that clients are working when the next fault occurs. */
const PAUSE_MS = { least: 1_000, most: 5_000 };

interface RunProps {
  readonly world: World;
  readonly seed: number;
  /** Time during which faults are started. Every kind of fault occurs once, even if that takes longer. */
  readonly forMs: number;
  /** Called with each fault and other progress. */
  readonly say: (line: string) => void;
}

export interface RunResult extends Verdict {
  /** Partitions in which a group has not committed the end although all records are handled. */
  readonly behind: readonly string[];
  /** Reasons why applications ended without being stopped, and their number. */
  readonly ends: ReadonlyMap<string, number>;
}

/** An application may end with an error. If it ends for the same reason more often, it makes no progress. */
const MOST_ENDS = 3;

/** All violations, one sentence each. */
export const violations = ({ anomalies, behind, ends }: RunResult): readonly string[] => [
  ...anomalies,
  ...behind,
  ...[...ends].filter(([, times]) => times > MOST_ENDS).map(([why, times]) => `ended ${times} times: ${why}`),
];

/** Mixes traffic with faults drawn from the seed, lets the system settle and checks the history. */
export async function runHistory({ world, seed, forMs, say }: RunProps): Promise<RunResult> {
  const dice = new Dice(seed);
  const history = new History();
  const applications = supervisedApplications(world, history);
  await Promise.all(GROUPS.map((group) => applications[group].start()));
  const traffic = new Traffic({ connection: world.connection, history, dice: new Dice(seed + 1) }, world.encode);
  const scene: Scene = { world, traffic, history, applications, dice };
  const begin = Date.now();
  try {
    for (const fault of schedule(dice, () => Date.now() - begin < forMs)) {
      await delay(dice.between(PAUSE_MS.least, PAUSE_MS.most));
      const at = Date.now() - begin;
      say(`${(at / 1_000).toFixed(1)} s ${fault}: ${await inject(fault, scene)}`);
    }
  } finally {
    await traffic.stop();
    world.registry.withheld.clear();
  }
  const behind = await settled(scene);
  await Promise.all(GROUPS.map((group) => applications[group].stop()));
  await readOutcomes(world, history);
  const ends = new Map<string, number>();
  for (const group of GROUPS)
    for (const why of applications[group].ends.map((each) => `${group}: ${each}`))
      ends.set(why, (ends.get(why) ?? 0) + 1);
  return { ...check(history), behind, ends };
}

/** Every kind of fault once in a random order, then random kinds until the time has passed. */
function* schedule(dice: Dice, hasTime: () => boolean): Iterable<Fault> {
  const left = [...faultNames];
  while (left.length > 0) {
    const fault = dice.pick(left);
    left.splice(left.indexOf(fault), 1);
    yield fault;
  }
  while (hasTime()) yield dice.pick(faultNames);
}

function supervisedApplications(world: World, history: History): Readonly<Record<Group, Supervised>> {
  const surroundings = { connection: world.connection, registry: world.registry.url, history };
  return Object.fromEntries(
    GROUPS.map((group) => [group, new Supervised(() => APPLICATIONS[group](surroundings))]),
  ) as Record<Group, Supervised>;
}

/**
 * Waits until every record is accounted for and every group has committed the end. @returns descriptions of what is not
 */
async function settled({ world, history }: Scene): Promise<readonly string[]> {
  const deadline = Date.now() + SETTLE_MS;
  for (;;) {
    const behind = await groupsBehind(world);
    if (behind.length === 0) {
      await readOutcomes(world, history);
      if (check(history).anomalies.length === 0) return behind;
    }
    if (Date.now() > deadline) return behind;
    await delay(POLL_MS);
  }
}

async function groupsBehind({ connection }: World): Promise<readonly string[]> {
  const kafka = connectKafka(connection);
  const ends = await endOffsets(kafka, source.name);
  return withAdmin(kafka, async (admin) => {
    const behind: string[] = [];
    for (const group of GROUPS) {
      const offsets = await groupOffsets(admin, { groupId: chains[group].group, topic: source.name });
      for (const [partition, end] of ends)
        if (end > 0n && offsets.get(partition) !== end)
          behind.push(`${group} is at ${offsets.get(partition) ?? 'no offset'} of ${partition}:${end}`);
    }
    return behind;
  });
}

/** Reads the topics that the groups write to. */
async function readOutcomes({ connection }: World, history: History): Promise<void> {
  for (const group of GROUPS) {
    const records = await readTopic(connection, chains[group].deadLetterTopic as string);
    history.accounts[group].deadLettered = records.map(idOf);
  }
  const written = await readTopic(connection, output.name);
  history.accounts['exactly-once'].handled = written.map(({ key }) => Number(key?.toString()));
}
