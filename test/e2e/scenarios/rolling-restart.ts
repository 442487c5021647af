import { brokerNames } from '../../../src/render/names';
import { everyBroker, underLoad } from '../scenario';

/** A native rolling restart of every broker. */
export const rollingRestart = underLoad(
  'rolling restart of all brokers',
  async (world) => {
    const { kubectl, config } = world;
    await kubectl.run(['rollout', 'restart', 'statefulset', brokerNames(config).statefulSet]);
    return { summary: `${config.brokers.count} brokers, one after the other`, restarts: everyBroker(world) };
  },
  { durationMs: 180_000, longestStallMs: 3_000 },
);
