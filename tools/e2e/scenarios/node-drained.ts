import { brokersOf } from '../../../src/components/kafka-cluster/nodes';
import { setTimeout as delay } from 'node:timers/promises';
import { underLoad } from '../scenario';
import { neighbours, nodePod } from '../world';

/** How long the node stays away. */
const AWAY_MS = 10_000;

/** A node is drained, as for its upgrade, and comes back. */
export const nodeDrained = underLoad('drain of a node, and uncordon', async (world) => {
  const nodeId = brokersOf(world.config.brokers).length - 1;
  const { nodeName = '' } = (await nodePod(world, nodeId)).spec;
  const restarts = await neighbours(world, nodeId);
  await world.kubectl.run(['drain', nodeName, '--ignore-daemonsets', '--delete-emptydir-data', '--timeout=180s']);
  await delay(AWAY_MS);
  await world.kubectl.run(['uncordon', nodeName]);
  return { summary: `the node of ${restarts.join(' and ')} away for ${AWAY_MS / 1_000} s`, restarts };
});
