import { votersOf } from '../../../src/components/kafka-cluster/nodes';
import { poll } from '../../../src/waiting/poll';
import { underLoad } from '../scenario';
import { loseVolume } from '../volumes';
import { describeCluster, type World } from '../world';

const VOTER_MS = 120_000;

/** The volume of the active controller is lost. Its node joins the quorum with an empty one, without a command. */
export const diskLost = underLoad(
  'the volume of the active controller is lost',
  async (world) => {
    const { activeController } = await describeCluster(world);
    const started = Date.now();
    await loseVolume(world, activeController);
    const left = await poll(() => notVoting(world), { until: (ids) => ids.length === 0, withinMs: VOTER_MS });
    if (left.length > 0) throw new Error(`no voter that has caught up: ${left.join(', ')}`);
    const seconds = ((Date.now() - started) / 1_000).toFixed(0);
    return { summary: `node ${activeController} is a voter again after ${seconds} s`, restarts: [activeController] };
  },
  { longestStallMs: 3_000, durationMs: 60_000 },
);

/** Ids of the controllers that are no voters, or have not caught up. */
async function notVoting(world: World): Promise<readonly number[]> {
  const ids = votersOf(world.config.brokers).map(({ id }) => id);
  const description = await describeCluster(world).catch(() => undefined);
  const caughtUp = description?.voters.filter(({ isCaughtUp }) => isCaughtUp).map(({ id }) => id) ?? [];
  return ids.filter((id) => !caughtUp.includes(id));
}
