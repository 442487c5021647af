import { RESERVE_FILE } from '../../../src/components/kafka-cluster/start-script';
import { BROKER_CONTAINER } from '../../../src/components/kafka-cluster/names';
import { pollCluster } from '../../../src/deploy/poll-cluster';
import { busiestBroker } from '../faults';
import { provisionConfig } from '../manifests';
import { underLoad } from '../scenario';
import { shell } from '../shell';
import { enlargeVolume, filesOfVolume, fillVolume, shrinkVolume, withoutPod } from '../volumes';
import { notVoting } from '../voters';
import { podName, untilWhole, type World } from '../world';

const FULL_MS = 3 * 60_000;

/** What the start script says when it gives up the reserve. */
const GIVEN_UP = 'the volume is full: its reserve';

/**
 * A volume fills up, which ends its broker. The others take the writes, and the quorum lives, so that retention can be lowered; the
 * broker starts again with what was kept back.
 */
export const diskFull = underLoad('the volume of a broker is full', async (world) => {
  const nodeId = await busiestBroker(world);
  await withoutPod(world, nodeId, () => shrinkVolume(world, nodeId));
  try {
    await untilWhole(world);
    await requireReserve(world, nodeId);
    await fillVolume(world, nodeId);
    world.note(`broker ${nodeId} fills its volume`);
    await untilGivenUp(world, nodeId);
    await quorumLives(world, nodeId);
    await retentionLowered(world);
    await untilWhole(world);
  } finally {
    await withoutPod(world, nodeId, () => enlargeVolume(world, nodeId));
  }
  await provisionConfig(world, world.config);
  return {
    summary: `broker ${nodeId} ended, and serves again with its reserve; retention was lowered meanwhile`,
    restarts: [nodeId],
  };
});

async function requireReserve(world: World, nodeId: number): Promise<void> {
  const files = await filesOfVolume(world, nodeId);
  if (!files.includes(RESERVE_FILE)) throw new Error(`there is no ${RESERVE_FILE}, but ${files.join(', ')}`);
}

async function untilGivenUp(world: World, nodeId: number): Promise<void> {
  const log = ['logs', podName(world, nodeId), `--container=${BROKER_CONTAINER}`];
  // While the container is being made, there is no log.
  const text = await pollCluster(() => world.kubectl.run(log).catch(() => ''), {
    until: (found) => found.includes(GIVEN_UP),
    withinMs: FULL_MS,
  });
  if (!text.includes(GIVEN_UP))
    throw new Error(`broker ${nodeId} has not given up its reserve:\n${text.slice(-2_000)}`);
}

/** @throws if a controller does not vote, but for the node whose volume is full */
async function quorumLives(world: World, nodeId: number): Promise<void> {
  const left = (await notVoting(world)).filter((id) => id !== nodeId);
  if (left.length > 0) throw new Error(`not voting: ${left.join(', ')}`);
}

/** By the command that a user would type; it verifies what it has applied. */
async function retentionLowered({ cluster, note }: World): Promise<void> {
  note('topics apply');
  const command = ['--import', 'tsx', 'src/cli/main.ts', 'topics', 'apply', '--environment', 'lowered'];
  const at = ['--config', 'tools/e2e/lowered-platform.ts', '--context', cluster.context];
  const said = await shell(process.execPath, [...command, ...at]);
  if (!/\b[1-9]\d* to change/.test(said)) throw new Error(`no retention was lowered: ${said}`);
}
