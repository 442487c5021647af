import { underLoad } from '../scenario';
import { podName } from '../world';

/** Two brokers are asked to stop at the same moment, as by a roll and a drain; together they would stop all writes. */
export const twoDeleted = underLoad(
  'two brokers deleted at the same moment',
  async (world) => {
    await world.kubectl.run(['delete', 'pods', podName(world, 0), podName(world, 1)]);
    return { summary: 'brokers 0 and 1, the guards let one go after the other', restarts: [0, 1] };
  },
  { longestStallMs: 3_000 },
);
