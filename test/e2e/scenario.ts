import { poll } from '../../src/kubernetes/poll';
import type { SoakVerdict } from '../../src/smoke/soak';
import { SoakPod } from './soak-pod';
import { brokerPods, podName, untilWhole, type World } from './world';

const LEAST_RECORDS = 10_000;
const BEFORE_FAULT = 1_000;
const RESTARTED_MS = 3 * 60_000;

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

/** What was done, and to which brokers: exactly those have to come up anew. */
export interface Done {
  readonly summary: string;
  readonly restarts: readonly number[];
}

/** A scenario in which records are written and read throughout, and none may be lost. */
export function underLoad(name: string, fault: (world: World) => Promise<Done>, target: Target = {}): Scenario {
  return {
    name,
    target,
    run: async (world) => {
      await untilWhole(world);
      const before = await incarnations(world);
      const soak = await SoakPod.start(world);
      try {
        await soak.untilAcked(BEFORE_FAULT);
        const started = Date.now();
        const { summary, restarts } = await fault(world);
        await untilRestarted(world, before, restarts);
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

/** Ids of all brokers. */
export const everyBroker = ({ config }: World): readonly number[] =>
  Array.from({ length: config.brokers.count }, (_, id) => id);

type Incarnations = ReadonlyMap<string, string>;

/** What changes when a broker's process is another than before, by the name of its pod. */
export async function incarnations(world: World): Promise<Incarnations> {
  const pods = await brokerPods(world);
  return new Map(
    pods.map(({ metadata, status }) => {
      const restarts = status.containerStatuses?.map(({ restartCount }) => restartCount) ?? [];
      return [metadata.name, `${metadata.uid} ${restarts.join()}`];
    }),
  );
}

/** Waits until these brokers are new ones. @throws when they are not, or when another is too */
export async function untilRestarted(world: World, before: Incarnations, ids: readonly number[]): Promise<void> {
  const names = ids.map((id) => podName(world, id));
  const now = await poll(() => incarnations(world), {
    until: (found) => names.every((name) => found.has(name) && found.get(name) !== before.get(name)),
    withinMs: RESTARTED_MS,
  });
  const changed = [...before.keys()].filter((name) => now.get(name) !== before.get(name));
  if (changed.sort().join() !== [...names].sort().join()) {
    throw new Error(`started anew: ${changed.join(', ') || 'none'}; expected: ${names.join(', ') || 'none'}`);
  }
}
