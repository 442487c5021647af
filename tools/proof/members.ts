import { join } from 'node:path';
import { connectKafka } from '../../src/client/kafka-client';
import { endOffsets, type Positions } from '../../src/smoke/reader';
import { Fleet } from './fleet';
import { begin, type Group } from './group';
import { memberArguments } from './member';
import type { World } from './world';

interface MembersProps {
  readonly world: World;
  readonly run: string;
  readonly groupId: string;
  readonly topic: string;
  /** Name of a file in this folder. */
  readonly script: string;
}

/** The processes of a group, initially one. The group starts at the current end of its topic. */
export interface Members {
  readonly group: Group;
  readonly fleet: Fleet;
  readonly from: Positions;
  /** File in which they note handled records. */
  readonly file: string;
}

export async function startMembers({ world, run, groupId, topic, script }: MembersProps): Promise<Members> {
  const kafka = connectKafka(world.direct);
  const group: Group = { kafka, groupId, topic };
  const from = await endOffsets(kafka, topic);
  await begin(group, from);
  const file = join(world.directory, `${run}.handled`);
  const fleet = new Fleet({
    script: join(__dirname, script),
    args: memberArguments({ connection: world.connection, groupId, run, file }),
    logFile: join(world.directory, `${run}.log`),
  });
  await fleet.scale(1);
  return { group, fleet, from, file };
}
