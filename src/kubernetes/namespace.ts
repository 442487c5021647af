import type { Naming } from './naming';

/**
 * Minor version of the oldest supported Kubernetes 1 release: the first one with native sidecar containers enabled by
 * default.
 */
export const OLDEST_MINOR = 29;

const MODE = 'pod-security.kubernetes.io';

/**
 * Metadata of the namespace. Kubernetes enforces its restricted pod security standard here, at a fixed version.
 * Requirements added by later versions only cause warnings, so that they cannot reject pods that ran before. Deleting
 * the namespace deletes all volume claims, which is why tools that prune objects must not remove it.
 */
export const namespaceMetadata = ({ namespace }: Pick<Naming, 'namespace'>) => ({
  name: namespace,
  labels: {
    'app.kubernetes.io/part-of': 'kafka-platform',
    [`${MODE}/enforce`]: 'restricted',
    [`${MODE}/enforce-version`]: `v1.${OLDEST_MINOR}`,
    [`${MODE}/audit`]: 'restricted',
    [`${MODE}/warn`]: 'restricted',
  },
  annotations: {
    'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
    'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  },
});
