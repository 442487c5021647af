import { brokersOf, isBroker, votersOf } from '../../../src/components/kafka-cluster/nodes';
import { pollCluster } from '../../../src/deploy/poll-cluster';
import { scale, stopAll } from '../faults';
import { everyNode, underLoad } from '../scenario';
import { hideFiles, metadataLog, restoreFiles } from '../volumes';
import { podName, type World } from '../world';

const WAITING_MS = 120_000;
const SAYS = /2 of 3 controllers have lost their disks; node (\d+) has the metadata and must be kept/;

/**
 * Two of three controllers' volumes are empty when the nodes start. Two empty controllers would be a majority: they must not form a quorum,
 * and the log of the third must stay as it is. With the files back, nothing is lost.
 */
export const disksLost = underLoad('the volumes of two controllers are lost, and restored', async (world) => {
  const controllers = votersOf(world.config.brokers);
  const [kept = 0, ...lost] = controllers.map(({ id }) => id);
  await stopAll(world, 'broker');
  // Nodes of both roles have stopped by now.
  const areSeparate = !controllers.every(isBroker);
  if (areSeparate) await stopAll(world, 'controller');
  const before = await metadataLog(world, kept);
  for (const id of lost) await hideFiles(world, id);
  try {
    await scale(world, 'controller', controllers.length);
    for (const id of lost) await untilSaid(world, id, kept);
    const after = await metadataLog(world, kept);
    if (after !== before) throw new Error(`the metadata log of node ${kept} has changed:\n${before}${after}`);
    await stopAll(world, 'controller');
  } finally {
    for (const id of lost) await restoreFiles(world, id);
  }
  await scale(world, 'controller', controllers.length);
  if (areSeparate) await scale(world, 'broker', brokersOf(world.config.brokers).length);
  return { summary: `nodes ${lost.join(' and ')} waited and said why`, restarts: everyNode(world) };
});

/** @throws when a node does not say that it waits, and for whose metadata */
async function untilSaid(world: World, nodeId: number, kept: number): Promise<void> {
  const log = await pollCluster(
    () => world.kubectl.run(['logs', podName(world, nodeId), '--container', 'kafka']).catch(() => ''),
    { until: (text) => SAYS.test(text), withinMs: WAITING_MS },
  );
  if (SAYS.exec(log)?.[1] !== String(kept)) throw new Error(`node ${nodeId} does not say why it waits:\n${log}`);
}
