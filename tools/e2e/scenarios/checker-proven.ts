import { setTimeout as delay } from 'node:timers/promises';
import { busiestBroker, signalBroker } from '../faults';
import { incarnations, untilRestarted, type Scenario } from '../scenario';
import { SoakPod } from '../soak-pod';
import { untilWhole } from '../world';

const BEFORE_FAULT = 1_000;

/** How long the broker takes records that it never writes. */
const FROZEN_MS = 3_000;

/** A writer with acks=0 while a broker dies has to be found out; a checker that passes it proves nothing. */
export const checkerProven: Scenario = {
  name: 'the checker finds a writer with acks=0',
  run: async (world) => {
    await untilWhole(world);
    const before = await incarnations(world);
    const soak = await SoakPod.start(world, 'none');
    try {
      await soak.untilAcked(BEFORE_FAULT);
      const nodeId = await busiestBroker(world);
      await signalBroker(world, nodeId, 'STOP');
      await delay(FROZEN_MS);
      await signalBroker(world, nodeId, 'KILL');
      await untilRestarted(world, before, [nodeId]);
      await untilWhole(world);
      const { ok, verdict } = await soak.finish();
      const summary = `${verdict.lost} of ${verdict.acked} records lost, and found out`;
      return { ok: !ok && verdict.lost > 0, summary };
    } finally {
      await soak.remove();
    }
  },
};
