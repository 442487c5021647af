import { nodesOf } from '../../../src/components/kafka-cluster/nodes';
import { poll } from '../../../src/waiting/poll';
import { scaleBrokers } from '../faults';
import { everyBroker, underLoad } from '../scenario';
import { hideFiles, metadataLog, restoreFiles } from '../volumes';
import { brokerPods, podName, type World } from '../world';

const WAITING_MS = 120_000;
const SAYS = /2 of 3 controllers have lost their disks; node (\d+) has the metadata and must be kept/;

/**
 * Two of three volumes are empty when the nodes start. Two empty controllers would be a majority: they must not form a quorum, and the
 * log of the third must stay as it is. With the files back, nothing is lost.
 */
export const disksLost = underLoad('two of three volumes are lost, and restored', async (world) => {
  const [kept = 0, ...lost] = nodesOf(world.config.brokers).map(({ id }) => id);
  await stopped(world);
  const before = await metadataLog(world, kept);
  for (const id of lost) await hideFiles(world, id);
  try {
    await scaleBrokers(world, lost.length + 1);
    for (const id of lost) await untilSaid(world, id, kept);
    const after = await metadataLog(world, kept);
    if (after !== before) throw new Error(`the metadata log of node ${kept} has changed:\n${before}${after}`);
    await stopped(world);
  } finally {
    for (const id of lost) await restoreFiles(world, id);
  }
  await scaleBrokers(world, lost.length + 1);
  return { summary: `nodes ${lost.join(' and ')} waited and said why`, restarts: everyBroker(world) };
});

async function stopped(world: World): Promise<void> {
  await scaleBrokers(world, 0);
  const left = await poll(() => brokerPods(world), { until: (pods) => pods.length === 0, withinMs: WAITING_MS });
  if (left.length > 0) throw new Error(`${left.length} brokers are still there`);
}

/** @throws when a node does not say that it waits, and for whose metadata */
async function untilSaid(world: World, nodeId: number, kept: number): Promise<void> {
  const log = await poll(
    () => world.kubectl.run(['logs', podName(world, nodeId), '--container', 'kafka']).catch(() => ''),
    { until: (text) => SAYS.test(text), withinMs: WAITING_MS },
  );
  if (SAYS.exec(log)?.[1] !== String(kept)) throw new Error(`node ${nodeId} does not say why it waits:\n${log}`);
}
