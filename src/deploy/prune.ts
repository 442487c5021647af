import { FIELD_MANAGER } from '../components/kafka-cluster/names';
import { instanceLabels } from '../kubernetes/labels';
import type { Platform } from '../platform/load';
import type { Kubectl, KubernetesObject } from './kubectl';
import { isBrokerSet, type ManifestObject } from './manifests';
import { mountedByBrokers } from './mounted-config-maps';

/**
 * The only kinds that are ever deleted: kinds that the platform renders. Kinds that hold data or keys, or that contain
 * other objects, are never included (claims, volumes, Secrets, Namespaces, CustomResourceDefinitions).
 */
const KINDS = [
  'deployments.apps',
  'statefulsets.apps',
  'services',
  'configmaps',
  'jobs.batch',
  'cronjobs.batch',
  'networkpolicies.networking.k8s.io',
  'poddisruptionbudgets.policy',
];

/** API group of the Prometheus operator; a cluster without the operator does not have it. */
const OPERATOR_GROUP = 'monitoring.coreos.com';
const OPERATOR_KINDS = [
  `podmonitors.${OPERATOR_GROUP}`,
  `servicemonitors.${OPERATOR_GROUP}`,
  `prometheusrules.${OPERATOR_GROUP}`,
];

export interface LiveObject extends KubernetesObject {
  readonly kind: string;
  readonly apiVersion: string;
}

export interface Pruned {
  /** Deleted objects, as `Kind name`. */
  readonly removed: readonly string[];
  /** Objects with the platform's labels that were not rendered and were applied by another manager, as `Kind name`. */
  readonly left: readonly string[];
}

/**
 * Deletes objects of an earlier apply that are no longer in the manifests: objects of the kinds above in the platform's
 * namespace, with its labels, last applied by deploy, without an owner, and not mounted by brokers.
 */
export async function prune(
  kubectl: Kubectl,
  config: Pick<Platform, 'name'>,
  rendered: readonly ManifestObject[],
): Promise<Pruned> {
  const live = await liveObjects(kubectl, config);
  const mounted = await mountedByBrokers(kubectl, config);
  const stale = staleObjects(live, { rendered, mounted });
  const ours = stale.filter(isApplied);
  for (const { kind, apiVersion, metadata } of ours) {
    await kubectl.run(['delete', typeName(kind, apiVersion), metadata.name, '--ignore-not-found', '--wait=false']);
  }
  return { removed: ours.map(nameOf), left: stale.filter((object) => !isApplied(object)).map(nameOf) };
}

interface Needed {
  readonly rendered: readonly ManifestObject[];
  /** Names of the ConfigMaps that brokers mount, or would after a return to a former template. */
  readonly mounted: ReadonlySet<string>;
}

/** The objects that nothing needs any more, by whatever means they were applied. */
export function staleObjects(live: readonly LiveObject[], { rendered, mounted }: Needed): readonly LiveObject[] {
  const wanted = new Set(rendered.map(({ kind, metadata }) => `${kind} ${metadata.name}`));
  const isMounted = ({ kind, metadata }: LiveObject): boolean => kind === 'ConfigMap' && mounted.has(metadata.name);
  // Brokers are never deleted, whatever the manifests say; that decision is left to people.
  return live.filter(
    (object) => !wanted.has(nameOf(object)) && isLoose(object) && !isBrokerSet(object) && !isMounted(object),
  );
}

async function liveObjects(kubectl: Kubectl, config: Pick<Platform, 'name'>): Promise<readonly LiveObject[]> {
  const known = await kubectl.run(['api-resources', `--api-group=${OPERATOR_GROUP}`, '--output=name']);
  const served = new Set(known.trim().split(/\s+/));
  const kinds = [...KINDS, ...OPERATOR_KINDS.filter((kind) => served.has(kind))].join(',');
  const selector = Object.entries(instanceLabels(config)).map(([name, value]) => `${name}=${value}`);
  const { items } = await kubectl.json<{ items: LiveObject[] }>([
    'get',
    kinds,
    `--selector=${selector.join(',')}`,
    '--show-managed-fields',
  ]);
  return items;
}

const nameOf = ({ kind, metadata }: LiveObject): string => `${kind} ${metadata.name}`;

/** Includes the API group, because two groups may have a kind of the same name: `Deployment.v1.apps`. */
function typeName(kind: string, apiVersion: string): string {
  const [group, version] = apiVersion.split('/');
  return version === undefined ? kind : `${kind}.${version}.${group ?? ''}`;
}

/** Neither being deleted nor owned by another object, as the Jobs of a CronJob are. */
const isLoose = ({ metadata }: LiveObject): boolean =>
  metadata.deletionTimestamp === undefined && (metadata.ownerReferences ?? []).length === 0;

const isApplied = ({ metadata }: LiveObject): boolean =>
  (metadata.managedFields ?? []).some(({ manager, operation }) => manager === FIELD_MANAGER && operation === 'Apply');
