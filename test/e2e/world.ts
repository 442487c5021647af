import type { Platform } from '../../src/config/load';
import type { Progress } from '../../src/console/progress';
import type { Kubectl } from '../../src/kubernetes/kubectl';
import type { Pod, StatefulSet } from '../../src/kubernetes/objects';
import { poll } from '../../src/kubernetes/poll';
import { isRolled } from '../../src/kubernetes/rollout';
import { selectorLabels } from '../../src/render/labels';
import { brokerNames } from '../../src/render/names';
import type { Cluster } from './cluster';

const WHOLE_MS = 5 * 60_000;

/** What scenarios work with. */
export interface World {
  readonly cluster: Cluster;
  readonly kubectl: Kubectl;
  readonly config: Platform;
  readonly progress: Progress;
  /** Says what a scenario is at. */
  readonly note: (detail: string) => void;
}

/** How the brokers see their cluster; what `describe` of the runtime image prints. */
export interface ClusterDescription {
  readonly activeController: number;
  readonly brokers: readonly { readonly id: number; readonly isFenced: boolean; readonly leads: number }[];
  readonly topics: readonly string[];
  readonly outOfSync: readonly string[];
}

export const podName = ({ config }: World, nodeId: number): string => brokerNames(config).pod(nodeId);

export const brokerPods = ({ kubectl, config }: World): Promise<readonly Pod[]> =>
  kubectl.list<Pod>('pods', selectorLabels(config, 'broker'));

export async function brokerPod(world: World, nodeId: number): Promise<Pod> {
  const pod = (await brokerPods(world)).find(({ metadata }) => metadata.name === podName(world, nodeId));
  if (pod === undefined) throw new Error(`there is no pod of broker ${nodeId}`);
  return pod;
}

/** Asks whichever guard answers. */
export async function describeCluster(world: World): Promise<ClusterDescription> {
  let reason: unknown;
  for (const { metadata } of await brokerPods(world)) {
    try {
      const command = ['exec', metadata.name, '--container', 'guard', '--', 'node', '/app/describe.js'];
      return JSON.parse(await world.kubectl.run(command)) as ClusterDescription;
    } catch (error) {
      reason = error;
    }
  }
  throw new Error('no broker tells how the cluster stands', { cause: reason });
}

/** Waits until every broker is ready on the newest template and every partition has all of its replicas in sync. */
export async function untilWhole(world: World): Promise<void> {
  const { kubectl, config, note } = world;
  const set = await poll(() => kubectl.find<StatefulSet>('statefulset', brokerNames(config).statefulSet), {
    until: (found) => {
      note(`${found?.status.readyReplicas ?? 0} brokers ready`);
      return found !== undefined && isRolled(found);
    },
    withinMs: WHOLE_MS,
  });
  if (set === undefined || !isRolled(set))
    throw new Error(`the brokers are not ready after ${WHOLE_MS / 60_000} minutes`);
  const described = await poll(() => describeCluster(world).catch(() => undefined), {
    until: (found) => found?.outOfSync.length === 0 && found.brokers.every(({ isFenced }) => !isFenced),
    withinMs: WHOLE_MS,
  });
  if (described?.outOfSync.length !== 0)
    throw new Error(`still out of sync: ${described?.outOfSync.join(', ') ?? 'nobody tells'}`);
}
