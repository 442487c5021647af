import { brokersOf } from '../../../src/components/kafka-cluster/nodes';
import { scale, stopAll } from '../faults';
import { everyBroker, underLoad } from '../scenario';

/** Guards that waited for each other would hold the pods for the whole wait. */
export const scaledToZero = underLoad('brokers scaled to zero, and back', async (world) => {
  const started = Date.now();
  await stopAll(world, 'broker').finally(() => scale(world, 'broker', brokersOf(world.config.brokers).length));
  const seconds = ((Date.now() - started) / 1_000).toFixed(0);
  return { summary: `all gone after ${seconds} s`, restarts: everyBroker(world) };
});
