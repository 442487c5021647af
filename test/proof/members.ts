import { join } from 'node:path';
import { quietKafka } from '../../src/client/quiet-kafka';
import { endOffsets, type Positions } from '../../src/smoke/reader';
import type { TopicName } from '../../src/topics/catalogue';
import { Fleet } from './fleet';
import { begin, type Group } from './group';
import { memberArguments } from './member';
import type { World } from './world';

interface MembersProps {
  readonly world: World;
  readonly run: string;
  readonly groupId: string;
  readonly topic: TopicName;
  /** Name of a file beside this one. */
  readonly script: string;
}

/** The processes of a group, one at first, which goes on where its topic ends now. */
export interface Members {
  readonly group: Group;
  readonly fleet: Fleet;
  readonly from: Positions;
  /** Where they write what they have handled. */
  readonly file: string;
}

export async function startMembers({ world, run, groupId, topic, script }: MembersProps): Promise<Members> {
  const kafka = quietKafka(world.direct);
  const group: Group = { kafka, groupId, topic };
  const from = await endOffsets(kafka, topic);
  await begin(group, from);
  const file = join(world.directory, `${run}.handled`);
  const fleet = new Fleet({
    script: join(__dirname, script),
    args: memberArguments({ bootstrap: world.bootstrap, groupId, run, file }),
    logFile: join(world.directory, `${run}.log`),
  });
  await fleet.scale(1);
  return { group, fleet, from, file };
}
