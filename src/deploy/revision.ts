import type { KubernetesObject } from './kubectl';
import type { Pod, StatefulSet, Workload } from './objects';

const DEPLOYMENT_REVISION = 'deployment.kubernetes.io/revision';

/** A workload, or a ReplicaSet of a Deployment; `kubectl get` returns several kinds together. */
export type AnyWorkload = (Workload | StatefulSet) & { readonly kind?: string };

/** Pods with the newest template of their workload. Older pods say nothing about it and are about to be replaced. */
export function currentPods(workloads: readonly AnyWorkload[], pods: readonly Pod[]): readonly Pod[] {
  const current = new Set(workloads.flatMap((workload) => revisionsOf(workload, workloads)));
  return pods.filter((pod) => {
    const revision = revisionOf(pod);
    return revision !== undefined && current.has(revision);
  });
}

/** The template that a pod was made from. */
export const revisionOf = ({ metadata: { labels } }: Pod): string | undefined =>
  labels?.['controller-revision-hash'] ?? labels?.['pod-template-hash'];

function revisionsOf(workload: AnyWorkload, all: readonly AnyWorkload[]): readonly string[] {
  const { kind, metadata, status } = workload;
  if (kind === 'ReplicaSet' || status.observedGeneration !== metadata.generation) return [];
  if ('updateRevision' in status) return status.updateRevision === undefined ? [] : [status.updateRevision];
  const revision = metadata.annotations?.[DEPLOYMENT_REVISION];
  const replicaSets = all.filter(
    (one) => one.kind === 'ReplicaSet' && one.metadata.annotations?.[DEPLOYMENT_REVISION] === revision,
  );
  return ownedBy(workload, replicaSets).flatMap((one) => one.metadata.labels?.['pod-template-hash'] ?? []);
}

/** The objects that another one has made, or has taken over. */
export const ownedBy = <T extends KubernetesObject>(owner: KubernetesObject, objects: readonly T[]): readonly T[] =>
  objects.filter(({ metadata }) => (metadata.ownerReferences ?? []).some(({ uid }) => uid === owner.metadata.uid));
