import { nodesText } from '../../../src/components/kafka-cluster/nodes';
import { everyNode, underLoad } from '../scenario';
import { nodeSets } from '../world';

/** A native rolling restart of every node, all sets at the same moment: the guards let one go after the other. */
export const rollingRestart = underLoad(
  'rolling restart of all nodes',
  async (world) => {
    const { kubectl, config } = world;
    await kubectl.run(['rollout', 'restart', 'statefulset', ...nodeSets(world)]);
    return { summary: `${nodesText(config.brokers)}, one after the other`, restarts: everyNode(world) };
  },
  { durationMs: 240_000, longestStallMs: 3_000 },
);
