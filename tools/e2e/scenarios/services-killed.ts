import type { Pod } from '../../../src/deploy/objects';
import { pollCluster } from '../../../src/deploy/poll-cluster';
import { killPod } from '../faults';
import type { Scenario } from '../scenario';
import { servingPods, untilProven } from '../services';
import { untilWhole, type World } from '../world';

const RESTARTED_MS = 60_000;

/** SIGKILL of all that serves beside the brokers: it comes back by itself and has forgotten nothing. */
export const servicesKilled: Scenario = {
  name: 'SIGKILL of registry, UI, Prometheus and exporter',
  run: async (world) => {
    await untilWhole(world);
    const pods = await servingPods(world);
    const started = Date.now();
    await Promise.all(pods.map(killPod));
    await untilRestarted(world, pods);
    const finding = await untilProven(world);
    return { ...finding, summary: `${pods.length} pods; ${finding.summary}`, durationMs: Date.now() - started };
  },
};

async function untilRestarted(world: World, before: readonly Pod[]): Promise<void> {
  const restarts = ({ status }: Pod): number =>
    (status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);
  const earlier = new Map(before.map((pod) => [pod.metadata.uid, restarts(pod)]));
  const isNew = (pod: Pod): boolean => restarts(pod) > (earlier.get(pod.metadata.uid) ?? -1);
  const now = await pollCluster(() => servingPods(world), {
    until: (pods) => pods.every(isNew),
    withinMs: RESTARTED_MS,
  });
  const same = now.filter((pod) => !isNew(pod)).map(({ metadata }) => metadata.name);
  if (same.length > 0) throw new Error(`still the same process: ${same.join(', ')}`);
}
