import type { Platform } from '../platform/load';
import type { Problem } from '../validation/problems';
import { KubectlError, type Kubectl, type KubernetesObject } from './kubectl';
import { conditionOf, isTrue, type Pod } from './objects';

/** Pod label of all installations of the node-local DNS cache; its default address follows. */
const NODE_CACHE = { 'k8s-app': 'node-local-dns' };
const NODE_CACHE_BLOCK = '169.254.20.10/32';

interface EndpointSlice extends KubernetesObject {
  readonly endpoints: readonly { readonly targetRef?: { readonly name: string } }[] | null;
  readonly ports: readonly { readonly port?: number }[] | null;
}

/** Information about the DNS of a cluster; undefined where permission to read it is missing. */
export interface DnsFacts {
  /** The DNS pods that the configuration selects. */
  readonly pods?: readonly Pod[] | undefined;
  /** EndpointSlices of the same namespace. */
  readonly endpointSlices?: readonly EndpointSlice[] | undefined;
  /** Pods of node-local caches. */
  readonly nodeCaches?: readonly Pod[] | undefined;
  /** Configuration of CoreDNS. */
  readonly corefile?: string | undefined;
}

/** A user who deploys into one namespace may not be permitted to read others. */
export async function readDns(kubectl: Kubectl, { network: { dns } }: Platform): Promise<DnsFacts> {
  const [there, system] = [kubectl.inNamespace(dns.namespace), kubectl.inNamespace('kube-system')];
  const [pods, endpointSlices, nodeCaches, coredns] = await Promise.all([
    ifAllowed(there.list<Pod>('pods', dns.labels)),
    ifAllowed(there.list<EndpointSlice>('endpointslices')),
    ifAllowed(system.list<Pod>('pods', NODE_CACHE)),
    ifAllowed(system.find<KubernetesObject & { data?: { Corefile?: string } }>('configmap', 'coredns')),
  ]);
  return { pods, endpointSlices, nodeCaches, corefile: coredns?.data?.Corefile };
}

const ifAllowed = <T>(reading: Promise<T>): Promise<T | undefined> =>
  reading.catch((error: unknown) => {
    if (error instanceof KubectlError) return undefined;
    throw error;
  });

/** Reasons why DNS names would not resolve. Brokers would then wait forever for each other's names. */
export const dnsProblems = (config: Platform, context: string, facts: DnsFacts): readonly Problem[] => [
  ...podProblems(config, context, facts),
  ...portProblems(config, context, facts),
  ...cacheProblems(config, context, facts),
  ...domainProblems(config, context, facts),
];

function podProblems({ network: { dns } }: Platform, context: string, { pods }: DnsFacts): readonly Problem[] {
  if (pods === undefined || pods.some(isReady)) return [];
  const selector = Object.entries(dns.labels).map(([name, value]) => `${name}=${value}`);
  if (pods.length === 0) {
    if (dns.cidrs.length > 0) return [];
    return [
      {
        path: 'network.dns.labels',
        value: dns.labels,
        message: `no pod of namespace ${dns.namespace} of ${context} has these labels: no pod could resolve names, and brokers would never find each other`,
        allowed: 'namespace, labels and ports of the DNS pods, or the address blocks of other DNS servers',
        fix: 'start the DNS of the cluster, or set network.dns to its pods',
      },
    ];
  }
  return [
    {
      path: `${context}: DNS`,
      value: pods.map(({ metadata }) => metadata.name).join(', '),
      message: 'no pod of the DNS is ready: names do not resolve, and brokers would never find each other',
      allowed: 'at least one that is ready',
      fix: `see kubectl --context ${context} -n ${dns.namespace} describe pods -l ${selector.join(',')}`,
    },
  ];
}

const isReady = (pod: Pod): boolean => isTrue(conditionOf(pod, 'Ready'));

/**
 * EndpointSlices contain the ports of pods, to which policies apply. In some distributions the Service has other ports.
 */
function portProblems({ network: { dns } }: Platform, context: string, facts: DnsFacts): readonly Problem[] {
  const names = new Set((facts.pods ?? []).map(({ metadata }) => metadata.name));
  const ports = (facts.endpointSlices ?? [])
    .filter(({ endpoints }) => (endpoints ?? []).some(({ targetRef }) => names.has(targetRef?.name ?? '')))
    .flatMap((slice) => (slice.ports ?? []).flatMap(({ port }) => port ?? []));
  if (ports.length === 0 || ports.some((port) => dns.ports.includes(port))) return [];
  const found = [...new Set(ports)].sort((a, b) => a - b);
  return [
    {
      path: 'network.dns.ports',
      value: dns.ports,
      message: `the pods of the DNS of ${context} listen on other ports: the network policies would block all queries`,
      allowed: `one of ${found.join(', ')}, according to the EndpointSlices of its Service`,
      fix: 'set network.dns.ports to the port of the DNS protocol',
    },
  ];
}

function cacheProblems(
  { network: { dns } }: Platform,
  context: string,
  { nodeCaches = [] }: DnsFacts,
): readonly Problem[] {
  if (nodeCaches.length === 0 || dns.cidrs.length > 0) return [];
  return [
    {
      path: 'network.dns.cidrs',
      value: dns.cidrs,
      message: `nodes of ${context} have a node-local DNS cache (${nodeCaches[0]?.metadata.name ?? ''}) on the host network, which no label selects: the network policies would block all queries`,
      allowed: `the address in the arguments of its pods (-localip), as a block: ${NODE_CACHE_BLOCK} unless it was changed`,
      fix: `set network.dns.cidrs to ['${NODE_CACHE_BLOCK}']`,
    },
  ];
}

function domainProblems({ clusterDomain }: Platform, context: string, { corefile }: DnsFacts): readonly Problem[] {
  const zones = [...(corefile ?? '').matchAll(/^\s*kubernetes\s+([^{\n]+)/gm)]
    .flatMap(([, names = '']) => names.trim().split(/\s+/))
    .filter((zone) => !zone.endsWith('.arpa'))
    .map((zone) => zone.replace(/\.$/, ''));
  if (zones.length === 0 || zones.includes(clusterDomain)) return [];
  return [
    {
      path: 'clusterDomain',
      value: clusterDomain,
      message: `the DNS of ${context} answers for ${zones.join(', ')}: the names of brokers and services would not resolve`,
      allowed: zones.join(', '),
      fix: `set clusterDomain to '${zones[0] ?? ''}'`,
    },
  ];
}
