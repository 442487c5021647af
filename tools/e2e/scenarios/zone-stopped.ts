import { conditionOf, isTrue, type Node } from '../../../src/deploy/objects';
import { poll } from '../../../src/waiting/poll';
import { busiestBroker } from '../faults';
import { underLoad } from '../scenario';
import { shell } from '../shell';
import { neighbours, nodePod } from '../world';

/** Kubernetes takes some 40 s to notice; back again it takes a while as well. */
const NOTICED_MS = 3 * 60_000;

/** A node loses its power and comes back. */
export const zoneStopped = underLoad('hard stop of a node, and its return', async (world) => {
  const nodeId = await busiestBroker(world);
  const { nodeName = '' } = (await nodePod(world, nodeId)).spec;
  const restarts = await neighbours(world, nodeId);
  const untilReady = (wanted: boolean) =>
    poll(() => world.kubectl.find<Node>('node', nodeName), {
      until: (node) => node !== undefined && isTrue(conditionOf(node, 'Ready')) === wanted,
      withinMs: NOTICED_MS,
    });
  await shell('docker', ['stop', '--time', '0', nodeName]);
  try {
    world.note('until the node is missed');
    await untilReady(false);
  } finally {
    await shell('docker', ['start', nodeName]);
  }
  world.note('until the node is back');
  await untilReady(true);
  return { summary: `the node of ${restarts.join(' and ')}`, restarts };
});
