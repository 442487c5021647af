import { brokersOf } from '../../../src/components/kafka-cluster/nodes';
import { everyBroker, underLoad } from '../scenario';
import { brokerSet } from '../world';

/** A native rolling restart of every broker. */
export const rollingRestart = underLoad(
  'rolling restart of all brokers',
  async (world) => {
    const { kubectl, config } = world;
    await kubectl.run(['rollout', 'restart', 'statefulset', brokerSet(world)]);
    return {
      summary: `${brokersOf(config.brokers).length} brokers, one after the other`,
      restarts: everyBroker(world),
    };
  },
  { durationMs: 180_000, longestStallMs: 3_000 },
);
