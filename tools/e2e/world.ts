import { roleSelector } from '../../src/components/kafka-cluster/labels';
import { nodesOf } from '../../src/components/kafka-cluster/nodes';
import type { Platform } from '../../src/platform/load';
import type { Progress } from '../../src/console/progress';
import type { Kubectl } from '../../src/deploy/kubectl';
import type { Pod, StatefulSet } from '../../src/deploy/objects';
import { pollCluster } from '../../src/deploy/poll-cluster';
import { isRolled } from '../../src/deploy/rollout';
import { componentLabels } from '../../src/kubernetes/labels';
import { brokerNames } from '../../src/components/kafka-cluster/names';
import type { Cluster } from './cluster';

/** Name of the container beside each node. */
export const GUARD_CONTAINER = 'guard';

const WHOLE_MS = 5 * 60_000;

/** The environment of the scenarios. */
export interface World {
  readonly cluster: Cluster;
  readonly kubectl: Kubectl;
  readonly config: Platform;
  readonly progress: Progress;
  /** Prints the current step of a scenario. */
  readonly note: (detail: string) => void;
}

/** The cluster as its brokers see it, printed by `describe` of the runtime image. */
export interface ClusterDescription {
  readonly activeController: number;
  readonly voters: readonly { readonly id: number; readonly isCaughtUp: boolean }[];
  readonly brokers: readonly { readonly id: number; readonly isFenced: boolean; readonly leads: number }[];
  readonly topics: readonly string[];
  readonly outOfSync: readonly string[];
  /** Partitions without a leader, such as `orders-3`. */
  readonly offline: readonly string[];
}

export function podName({ config }: World, nodeId: number): string {
  const node = nodesOf(config.brokers).find(({ id }) => id === nodeId);
  if (node === undefined) throw new Error(`there is no node ${nodeId}`);
  return brokerNames(config).pod(node);
}

/** Names of the StatefulSets of all nodes. */
export const nodeSets = ({ config }: Pick<World, 'config'>): readonly string[] =>
  config.brokers.nodePools.map((pool) => brokerNames(config).statefulSet(pool));

type Role = 'broker' | 'controller';

/** Name of the StatefulSet of the first nodes that have a role. */
export function setOf({ config }: Pick<World, 'config'>, role: Role): string {
  const pool = config.brokers.nodePools.find(({ roles }) => roles.includes(role));
  if (pool === undefined) throw new Error(`there is no ${role}`);
  return brokerNames(config).statefulSet(pool);
}

/** The pods of all nodes. */
export const nodePods = ({ kubectl, config }: World): Promise<readonly Pod[]> =>
  kubectl.list<Pod>('pods', componentLabels(config, 'broker'));

/** The pods of the nodes that have a role. */
export const podsOf = ({ kubectl, config }: World, role: Role): Promise<readonly Pod[]> =>
  kubectl.list<Pod>('pods', roleSelector(config, role));

export async function nodePod(world: World, nodeId: number): Promise<Pod> {
  const pod = (await nodePods(world)).find(({ metadata }) => metadata.name === podName(world, nodeId));
  if (pod === undefined) throw new Error(`there is no pod of node ${nodeId}`);
  return pod;
}

/** Ids of the nodes whose pods run on the same node of Kubernetes as that of one of them. */
export async function neighbours(world: World, nodeId: number): Promise<readonly number[]> {
  const { nodeName = '' } = (await nodePod(world, nodeId)).spec;
  return nodesOn(world, [nodeName]);
}

/** Ids of the nodes whose pods run on these nodes of Kubernetes. */
export async function nodesOn(world: World, machines: readonly string[]): Promise<readonly number[]> {
  const pods = await nodePods(world);
  const placeOf = (id: number) => pods.find(({ metadata }) => metadata.name === podName(world, id))?.spec.nodeName;
  return nodesOf(world.config.brokers).flatMap(({ id }) => (machines.includes(placeOf(id) ?? '') ? [id] : []));
}

/** Asks any guard that answers. */
export async function describeCluster(world: World): Promise<ClusterDescription> {
  let reason: unknown;
  for (const { metadata } of await nodePods(world)) {
    try {
      const command = ['exec', metadata.name, '--container', GUARD_CONTAINER, '--', 'node', '/app/describe.js'];
      return JSON.parse(await world.kubectl.run(command)) as ClusterDescription;
    } catch (error) {
      reason = error;
    }
  }
  throw new Error('no broker tells how the cluster stands', { cause: reason });
}

/** Waits until every broker is ready with the newest template and all replicas of all partitions are in sync. */
export async function untilWhole(world: World): Promise<void> {
  const { kubectl, note } = world;
  const names = nodeSets(world);
  const find = (name: string) => kubectl.find<StatefulSet>('statefulset', name);
  const areRolled = (sets: readonly (StatefulSet | undefined)[]): boolean =>
    sets.every((set) => set !== undefined && isRolled(set));
  const sets = await pollCluster(() => Promise.all(names.map(find)), {
    until: (found) => {
      note(`${found.reduce((sum, set) => sum + (set?.status.readyReplicas ?? 0), 0)} nodes ready`);
      return areRolled(found);
    },
    withinMs: WHOLE_MS,
  });
  if (!areRolled(sets)) throw new Error(`the nodes are not ready after ${WHOLE_MS / 60_000} minutes`);
  const described = await pollCluster(() => describeCluster(world).catch(() => undefined), {
    until: (found) => found?.outOfSync.length === 0 && found.brokers.every(({ isFenced }) => !isFenced),
    withinMs: WHOLE_MS,
  });
  if (described?.outOfSync.length !== 0)
    throw new Error(`still out of sync: ${described?.outOfSync.join(', ') ?? 'nobody tells'}`);
}
