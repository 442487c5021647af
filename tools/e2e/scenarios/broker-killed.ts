import { busiestBroker, signalBroker } from '../faults';
import { underLoad } from '../scenario';

/** SIGKILL of a broker that leads. Its session has to run out before another leads: that bounds the stall. */
export const brokerKilled = underLoad(
  'SIGKILL of a broker that leads',
  async (world) => {
    const nodeId = await busiestBroker(world);
    await signalBroker(world, nodeId, 'KILL');
    return { summary: `broker ${nodeId}`, restarts: [nodeId] };
  },
  { longestStallMs: 12_000 },
);
