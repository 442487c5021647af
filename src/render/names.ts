import type { Platform } from '../config/load';

type Named = Pick<Platform, 'name' | 'namespace' | 'clusterDomain'>;

/** Names of what a cluster consists of in Kubernetes. Clients dial some of them: they never change with a release. */
export function brokerNames({ name, namespace, clusterDomain }: Named) {
  const statefulSet = `${name}-broker`;
  const headlessService = `${name}-broker-headless`;
  const bootstrapService = `${name}-bootstrap`;
  const inNamespace = (service: string): string => `${service}.${namespace}.svc.${clusterDomain}`;
  const pod = (nodeId: number): string => `${statefulSet}-${nodeId}`;
  return {
    statefulSet,
    headlessService,
    bootstrapService,
    configMap: `${name}-broker-config`,
    disruptionBudget: `${name}-broker`,
    serviceAccount: `${name}-broker`,
    pod,
    /** Name of one broker that every pod in the cluster resolves. */
    podHost: (nodeId: number): string => `${pod(nodeId)}.${inNamespace(headlessService)}`,
    bootstrapHost: inNamespace(bootstrapService),
  };
}
