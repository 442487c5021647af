import { brokersOf } from '../../../src/components/kafka-cluster/nodes';
import { setTimeout as delay } from 'node:timers/promises';
import { scale, stopAll } from '../faults';
import type { Scenario } from '../scenario';
import { servingPods, untilProven } from '../services';
import { untilWhole } from '../world';

/** Long enough for each of them to have tried and failed. */
const WITHOUT_BROKERS_MS = 30_000;

/** What serves beside the brokers starts while there is no broker, and serves once there are. */
export const servicesFirst: Scenario = {
  name: 'registry, UI, Prometheus and exporter start before any broker',
  run: async (world) => {
    await untilWhole(world);
    await stopAll(world, 'broker');
    const names = (await servingPods(world)).map(({ metadata }) => metadata.name);
    await world.kubectl.run(['delete', 'pods', ...names]);
    world.note('without brokers');
    await delay(WITHOUT_BROKERS_MS);
    const started = Date.now();
    await scale(world, 'broker', brokersOf(world.config.brokers).length);
    await untilWhole(world);
    return { ...(await untilProven(world)), durationMs: Date.now() - started };
  },
};
