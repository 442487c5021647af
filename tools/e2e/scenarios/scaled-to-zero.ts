import { brokersOf } from '../../../src/components/kafka-cluster/nodes';
import { poll } from '../../../src/waiting/poll';
import { scaleBrokers } from '../faults';
import { everyBroker, underLoad } from '../scenario';
import { brokerPods } from '../world';

/** Guards that waited for each other would hold the pods for the whole wait. */
export const scaledToZero = underLoad('scale to zero, and back', async (world) => {
  const { config } = world;
  const started = Date.now();
  await scaleBrokers(world, 0);
  const left = await poll(() => brokerPods(world), {
    until: (pods) => pods.length === 0,
    withinMs: config.guard.stopWaitMs,
  });
  const seconds = ((Date.now() - started) / 1_000).toFixed(0);
  await scaleBrokers(world, brokersOf(config.brokers).length);
  if (left.length > 0) throw new Error(`${left.length} brokers were still there after ${seconds} s`);
  return { summary: `all gone after ${seconds} s`, restarts: everyBroker(world) };
});
