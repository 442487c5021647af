import { brokersOf, nodesOf } from '../../src/components/kafka-cluster/nodes';
import { pollCluster } from '../../src/deploy/poll-cluster';
import type { SoakVerdict } from './soak';
import { SoakPod } from './soak-pod';
import { nodePods, podName, untilWhole, type World } from './world';

const LEAST_RECORDS = 10_000;
const BEFORE_FAULT = 1_000;
const RESTARTED_MS = 6 * 60_000;

/** The result of a scenario. */
export interface Finding {
  readonly ok: boolean;
  readonly summary: string;
  /** Duration of the fault and the recovery, in milliseconds. */
  readonly durationMs?: number;
  readonly soak?: SoakVerdict;
}

/** A target value. It is reported next to the measured value and does not decide the result. */
export interface Target {
  readonly durationMs?: number;
  readonly longestStallMs?: number;
}

/** An event in a cluster, and the conditions that must hold during and after it. */
export interface Scenario {
  readonly name: string;
  readonly target?: Target;
  run(world: World): Promise<Finding>;
}

/** What was done, and which nodes must restart: exactly these. */
export interface Done {
  readonly summary: string;
  readonly restarts: readonly number[];
}

/** A scenario during which records are written and read; none may be lost. */
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

/** A scenario that begins with a cluster made ready for it, however an earlier run left it. */
export function after(prepare: (world: World) => Promise<void>, scenario: Scenario): Scenario {
  return {
    ...scenario,
    run: async (world) => {
      await prepare(world);
      return scenario.run(world);
    },
  };
}

/** Ids of all brokers. */
export const everyBroker = ({ config }: World): readonly number[] => brokersOf(config.brokers).map(({ id }) => id);

/** Ids of all nodes, brokers and controllers. */
export const everyNode = ({ config }: World): readonly number[] => nodesOf(config.brokers).map(({ id }) => id);

type Incarnations = ReadonlyMap<string, string>;

/** Identities of the nodes' processes, by the name of the pod; a restart changes them. */
export async function incarnations(world: World): Promise<Incarnations> {
  const pods = await nodePods(world);
  return new Map(
    pods.map(({ metadata, status }) => {
      const restarts = status.containerStatuses?.map(({ restartCount }) => restartCount) ?? [];
      return [metadata.name, `${metadata.uid} ${restarts.join()}`];
    }),
  );
}

/** Waits until these brokers have restarted. @throws if one of them has not, or another one has */
export async function untilRestarted(world: World, before: Incarnations, ids: readonly number[]): Promise<void> {
  const names = ids.map((id) => podName(world, id));
  const now = await pollCluster(() => incarnations(world), {
    until: (found) => names.every((name) => found.has(name) && found.get(name) !== before.get(name)),
    withinMs: RESTARTED_MS,
  });
  const changed = [...before.keys()].filter((name) => now.get(name) !== before.get(name));
  if (changed.sort().join() !== [...names].sort().join()) {
    throw new Error(`started anew: ${changed.join(', ') || 'none'}; expected: ${names.join(', ') || 'none'}`);
  }
}
