import type { Pod, StatefulSet, Workload } from './objects';

const DEPLOYMENT_REVISION = 'deployment.kubernetes.io/revision';

/** A workload, or a ReplicaSet of a Deployment; `kubectl get` returns several kinds together. */
export type AnyWorkload = (Workload | StatefulSet) & { readonly kind?: string };

/** Pods with the newest template of their workload. Older pods say nothing about it and are about to be replaced. */
export function currentPods(workloads: readonly AnyWorkload[], pods: readonly Pod[]): readonly Pod[] {
  const current = new Set(workloads.flatMap((workload) => revisionsOf(workload, workloads)));
  return pods.filter(({ metadata: { labels } }) => {
    const revision = labels?.['controller-revision-hash'] ?? labels?.['pod-template-hash'];
    return revision !== undefined && current.has(revision);
  });
}

function revisionsOf(workload: AnyWorkload, all: readonly AnyWorkload[]): readonly string[] {
  const { kind, metadata, status } = workload;
  if (kind === 'ReplicaSet' || status.observedGeneration !== metadata.generation) return [];
  if ('updateRevision' in status) return status.updateRevision === undefined ? [] : [status.updateRevision];
  const revision = metadata.annotations?.[DEPLOYMENT_REVISION];
  return all
    .filter((one) => one.kind === 'ReplicaSet' && one.metadata.annotations?.[DEPLOYMENT_REVISION] === revision)
    .filter((one) => (one.metadata.ownerReferences ?? []).some(({ uid }) => uid === metadata.uid))
    .flatMap((one) => one.metadata.labels?.['pod-template-hash'] ?? []);
}
