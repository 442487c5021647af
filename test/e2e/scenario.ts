import type { SoakVerdict } from '../../src/smoke/soak';
import { SoakPod } from './soak-pod';
import { untilWhole, type World } from './world';

const LEAST_RECORDS = 10_000;
const BEFORE_FAULT = 1_000;

/** What a scenario found. */
export interface Finding {
  readonly ok: boolean;
  readonly summary: string;
  /** Of the fault and of its healing, in milliseconds. */
  readonly durationMs?: number;
  readonly soak?: SoakVerdict;
}

/** A figure that is aimed at; it is reported beside what was measured and decides nothing. */
export interface Target {
  readonly durationMs?: number;
  readonly longestStallMs?: number;
}

/** One thing that happens to a cluster, and what must hold through it. */
export interface Scenario {
  readonly name: string;
  readonly target?: Target;
  run(world: World): Promise<Finding>;
}

/** A scenario in which records are written and read throughout, and none may be lost. */
export function underLoad(name: string, fault: (world: World) => Promise<string>, target?: Target): Scenario {
  return {
    name,
    ...(target === undefined ? {} : { target }),
    run: async (world) => {
      await untilWhole(world);
      const soak = await SoakPod.start(world);
      try {
        await soak.untilAcked(BEFORE_FAULT);
        const started = Date.now();
        const summary = await fault(world);
        await untilWhole(world);
        const durationMs = Date.now() - started;
        await soak.untilAcked(LEAST_RECORDS);
        const verdict = await soak.finish();
        return { ok: verdict.ok, summary, durationMs, soak: verdict };
      } finally {
        await soak.remove();
      }
    },
  };
}
