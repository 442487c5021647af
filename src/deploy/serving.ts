import type { Platform } from '../platform/load';
import { UserError } from '../validation/user-error';
import { instanceOf } from './claims';
import type { Kubectl, KubernetesObject } from './kubectl';
import type { Pod, Workload } from './objects';
import { LastingObstacles } from './lasting-obstacles';
import { pollCluster } from './poll-cluster';
import { currentPods, type AnyWorkload } from './revision';

/** A registry waits for its brokers, and restarts if there were none. */
const WITHIN_MS = 15 * 60_000;

interface ServingProps {
  /** Names of the components. */
  readonly components: readonly string[];
  readonly note: (detail: string) => void;
}

/**
 * Waits until components run their newest templates and are ready. @throws {UserError} if a component does not become
 * ready
 */
export async function untilServing(
  kubectl: Kubectl,
  config: Platform,
  { components, note }: ServingProps,
): Promise<void> {
  const obstacles = new LastingObstacles(kubectl);
  const late = await pollCluster(
    async () => {
      const { names, pods } = await lateIn(kubectl, config, components);
      await obstacles.check(pods);
      return names;
    },
    {
      until: (names) => {
        note(names.length === 0 ? '' : `until ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} ready`);
        return names.length === 0;
      },
      withinMs: WITHIN_MS,
    },
  );
  if (late.length === 0) return;
  throw new UserError(
    `Not ready after ${WITHIN_MS / 60_000} minutes: ${late.join(', ')}.`,
    `see kubectl -n ${config.namespace} describe pods, and their logs`,
  );
}

/** All components are read at once: each kubectl costs processors that the components need to start. */
async function lateIn(kubectl: Kubectl, config: Platform, components: readonly string[]) {
  const isTheirs = ({ metadata: { labels = {} } }: KubernetesObject): boolean =>
    components.includes(labels['app.kubernetes.io/component'] ?? '');
  const labels = instanceOf(config);
  const [allWorkloads, allPods] = await Promise.all([
    kubectl.list<AnyWorkload>('deployments,statefulsets,replicasets', labels),
    kubectl.list<Pod>('pods', labels),
  ]);
  const workloads = allWorkloads.filter(isTheirs);
  return {
    names: workloads
      .filter(({ kind }) => kind !== 'ReplicaSet')
      .filter((workload) => !isServing(workload))
      .map(({ metadata }) => metadata.name),
    pods: currentPods(workloads, allPods.filter(isTheirs)),
  };
}

/** Whether every replica runs the newest template and is ready. */
const isServing = ({ metadata, spec, status }: Workload): boolean =>
  status.observedGeneration === metadata.generation &&
  status.readyReplicas === spec.replicas &&
  status.updatedReplicas === spec.replicas &&
  status.replicas === spec.replicas;
