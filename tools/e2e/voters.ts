import { votersOf } from '../../src/components/kafka-cluster/nodes';
import { pollCluster } from '../../src/deploy/poll-cluster';
import { describeCluster, type World } from './world';

/** Waits until every controller is a voter that has caught up. @throws with the others */
export async function untilAllVote(world: World, withinMs: number): Promise<void> {
  const left = await pollCluster(() => notVoting(world), { until: (ids) => ids.length === 0, withinMs });
  if (left.length > 0) throw new Error(`no voter that has caught up: ${left.join(', ')}`);
}

/** Ids of the controllers that are no voters, or have not caught up. */
export async function notVoting(world: World): Promise<readonly number[]> {
  const description = await describeCluster(world).catch(() => undefined);
  const caughtUp = description?.voters.filter(({ isCaughtUp }) => isCaughtUp).map(({ id }) => id) ?? [];
  return votersOf(world.config.brokers).flatMap(({ id }) => (caughtUp.includes(id) ? [] : [id]));
}
