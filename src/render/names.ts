import type { Platform } from '../config/load';
import type { SampleName } from '../config/samples';

/** On the brokers' volume claims: whose data they hold. */
export const CLUSTER_ID_ANNOTATION = 'kafka-platform/cluster-id';

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
    pod,
    /** Name of one broker that every pod in the cluster resolves. */
    podHost: (nodeId: number): string => `${pod(nodeId)}.${inNamespace(headlessService)}`,
    bootstrapHost: inNamespace(bootstrapService),
  };
}

/** Names of what works with the cluster. */
export function workloadNames({ name, namespace, clusterDomain }: Named) {
  const registry = `${name}-registry`;
  const ui = `${name}-ui`;
  const prometheus = `${name}-prometheus`;
  const lagExporter = `${name}-lag-exporter`;
  const host = (service: string): string => `${service}.${namespace}.svc.${clusterDomain}`;
  return {
    configMap: `${name}-platform`,
    /** @param hash of everything that the Job is made of, as Jobs cannot be changed */
    topicsJob: (hash: string): string => `${name}-topics-${hash}`,
    subjectsMap: `${name}-schemas`,
    schemasJob: (hash: string): string => `${name}-schemas-${hash}`,
    smokeCronJob: `${name}-smoke`,
    registry,
    registryHost: host(registry),
    /** Every pod of the registry on its own. */
    registryPods: `${registry}-pods`,
    registryPodsHost: host(`${registry}-pods`),
    /** Every client that serves metrics. */
    clientPods: `${name}-clients`,
    clientPodsHost: host(`${name}-clients`),
    ui,
    uiHost: host(ui),
    prometheus,
    prometheusHost: host(prometheus),
    lagExporter,
    lagExporterHost: host(lagExporter),
    dashboards: `${name}-dashboards`,
    sample: (sample: SampleName): string => `${name}-${sample}`,
  };
}
