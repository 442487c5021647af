import type { Platform } from '../platform/load';
import type { Problem } from '../validation/problems';
import { exactBytes, type Bytes } from '../validation/units';
import { UserError } from '../validation/user-error';
import { instanceLabels } from '../kubernetes/labels';
import { prometheusService } from '../components/prometheus/model';
import { CLAIM_TEMPLATES, brokerNames } from '../components/kafka-cluster/names';
import type { NodePool, StorageProps } from '../components/kafka-cluster/node-pool-props';
import { isBroker } from '../components/kafka-cluster/nodes';
import { bytesOfQuantity, memoryQuantity } from '../kubernetes/quantity';
import type { Kubectl } from './kubectl';
import type { Claim, StatefulSet, StorageClass } from './objects';
import { pollCluster } from './poll-cluster';

/** A file system grows within seconds after its volume has grown. */
const GROWS_WITHIN_MS = 5 * 60_000;

type ClaimTemplate = keyof typeof CLAIM_TEMPLATES;

/** A StatefulSet of the platform whose pods have volumes, and the settings that determine the volumes. */
interface Storage {
  readonly path: string;
  readonly owner: string;
  readonly statefulSet: string;
  /** Name of the template of its claims. */
  readonly template: ClaimTemplate;
  readonly size: Bytes;
  readonly storageClass: string | undefined;
}

/** The existing volumes of the platform in a cluster. */
export interface StorageFacts {
  readonly context: string;
  readonly storageClasses: readonly StorageClass[];
  /** Volume claims of an earlier apply. */
  readonly claims: readonly Claim[];
  /** StatefulSets of an earlier apply. */
  readonly statefulSets: readonly StatefulSet[];
}

/** All settings that determine volumes. */
export function storages(config: Platform): readonly Storage[] {
  const { brokers, monitoring } = config;
  return [
    ...brokers.nodePools.flatMap((pool, index) => storagesOf(config, pool, `brokers.nodePools.${index}`)),
    ...(monitoring.mode === 'prometheus'
      ? [
          {
            path: 'monitoring.prometheus',
            owner: 'Prometheus',
            statefulSet: prometheusService(config),
            template: CLAIM_TEMPLATES.data,
            size: monitoring.prometheus.size,
            storageClass: monitoring.prometheus.storageClass,
          },
        ]
      : []),
  ];
}

function storagesOf(config: Platform, pool: NodePool, path: string): readonly Storage[] {
  const { storage, metadataStorage } = pool;
  const statefulSet = brokerNames(config).statefulSet(pool);
  const owner = isBroker({ pool }) ? 'the brokers' : 'the controllers';
  const from = ({ size, storageClass }: StorageProps) => ({ statefulSet, size, storageClass });
  const data = { path: `${path}.storage`, owner, template: CLAIM_TEMPLATES.data, ...from(storage) };
  if (metadataStorage === undefined) return [data];
  const metadata = {
    path: `${path}.metadataStorage`,
    owner: `the metadata of ${owner}`,
    template: CLAIM_TEMPLATES.metadata,
  };
  return [data, { ...metadata, ...from(metadataStorage) }];
}

/** The claims of a StatefulSet, which are named after its template and its pods. */
export const claimsOf = (
  { statefulSet, template }: Pick<Storage, 'statefulSet' | 'template'>,
  claims: readonly Claim[],
): readonly Claim[] =>
  claims.filter(({ metadata }) => new RegExp(`^${template}-${statefulSet}-\\d+$`).test(metadata.name));

/** Ordinal of the StatefulSet's pod that a claim belongs to. @returns undefined for any other claim */
export function ordinalOf(statefulSet: string, { metadata }: Claim): number | undefined {
  const templates = Object.values(CLAIM_TEMPLATES).join('|');
  const [, ordinal] = new RegExp(`^(?:${templates})-${statefulSet}-(\\d+)$`).exec(metadata.name) ?? [];
  return ordinal === undefined ? undefined : Number(ordinal);
}

/** The template of a StatefulSet, by its name. */
export const templateOf = (set: StatefulSet | undefined, name: ClaimTemplate) =>
  set?.spec.volumeClaimTemplates?.find(({ metadata }) => metadata.name === name);

const sizeOf = ({ spec }: Pick<Claim, 'spec'>): number => bytesOfQuantity(spec.resources.requests.storage);

/**
 * Differences between the configuration and the existing volumes. An apply changes neither claims nor their template.
 */
export const claimProblems = (config: Platform, facts: StorageFacts): readonly Problem[] =>
  storages(config).flatMap((storage) => {
    const claims = claimsOf(storage, facts.claims);
    const set = facts.statefulSets.find(({ metadata }) => metadata.name === storage.statefulSet);
    const live = { ...facts, namespace: config.namespace, claims, template: templateOf(set, storage.template) };
    return [...sizeProblems(storage, live), ...classProblems(storage, live)];
  });

interface LiveStorage extends StorageFacts {
  readonly namespace: string;
  readonly template: Pick<Claim, 'spec'> | undefined;
}

function sizeProblems(storage: Storage, live: LiveStorage): readonly Problem[] {
  const { path, owner, size } = storage;
  const { claims, template, context } = live;
  const smaller = claims.filter((claim) => sizeOf(claim) < size);
  const larger = claims.filter((claim) => sizeOf(claim) > size);
  const differs = template !== undefined && sizeOf(template) !== size;
  if (smaller.length === 0 && larger.length === 0 && !differs) return [];
  const found = Math.max(...[...claims, ...(template === undefined ? [] : [template])].map(sizeOf));
  const told = [...smaller, ...larger].map(
    ({ metadata, spec }) => `${metadata.name} ${spec.resources.requests.storage}`,
  );
  const keeps = told.length === 0 ? 'their template' : told.join(', ');
  return [
    {
      path: `${path}.size`,
      value: size,
      unit: 'bytes',
      message: `the volumes of ${owner} in ${context} have another size (${keeps}), and an apply changes none of them`,
      allowed: `${exactBytes(found)}, as long as it stays so`,
      fix: sizeFix(storage, { ...live, smaller, larger, differs }),
    },
  ];
}

interface Differing extends LiveStorage {
  readonly smaller: readonly Claim[];
  readonly larger: readonly Claim[];
  readonly differs: boolean;
}

function sizeFix(storage: Storage, { smaller, larger, differs, ...live }: Differing): string {
  const { path, size, statefulSet } = storage;
  if (larger.length > 0) return `restore ${path}.size: volumes cannot shrink`;
  const fixed = smaller.filter((claim) => !mayGrow(claim, live));
  if (fixed.length > 0) {
    const classes = [...new Set(fixed.map(({ spec }) => spec.storageClassName ?? '(none)'))].join(', ');
    return `restore ${path}.size: the storage class ${classes} does not let volumes grow (allowVolumeExpansion)`;
  }
  const kubectl = `kubectl --context ${live.context} -n ${live.namespace}`;
  const patch = JSON.stringify({ spec: { resources: { requests: { storage: memoryQuantity(size) } } } });
  const commands = [
    ...smaller.map(({ metadata }) => `${kubectl} patch pvc ${metadata.name} --type merge -p '${patch}'`),
    ...(differs ? [`${kubectl} delete statefulset ${statefulSet} --cascade=orphan`] : []),
  ];
  return ['run these commands, then deploy again (pods and data are kept):', ...commands].join('\n      ');
}

const mayGrow = ({ spec }: Claim, { storageClasses }: StorageFacts): boolean =>
  storageClasses.find(({ metadata }) => metadata.name === spec.storageClassName)?.allowVolumeExpansion === true;

function classProblems({ path, owner, storageClass }: Storage, live: LiveStorage): readonly Problem[] {
  const { claims, template, context } = live;
  const wanted = storageClass ?? '(default)';
  const found =
    template === undefined
      ? claims
          .map(({ spec }) => spec.storageClassName ?? '(default)')
          .find((one) => storageClass !== undefined && one !== wanted)
      : (template.spec.storageClassName ?? '(default)');
  if (found === undefined || found === wanted) return [];
  return [
    {
      path: `${path}.storageClass`,
      value: storageClass,
      message: `the volumes of ${owner} in ${context} have the storage class ${found}, which cannot be changed`,
      allowed: found === '(default)' ? 'not set' : found,
      fix: found === '(default)' ? `remove ${path}.storageClass` : `set ${path}.storageClass to '${found}'`,
    },
  ];
}

/** Waits until the volumes have the configured size. @throws {UserError} if a volume does not grow */
export async function untilVolumesHold(kubectl: Kubectl, config: Platform): Promise<void> {
  const late = await pollCluster(
    async () => {
      const claims = await kubectl.list<Claim>('persistentvolumeclaims', instanceOf(config));
      return storages(config).flatMap((storage) =>
        claimsOf(storage, claims).filter((claim) => capacityOf(claim) < storage.size),
      );
    },
    { until: (claims) => claims.length === 0, withinMs: GROWS_WITHIN_MS },
  );
  if (late.length === 0) return;
  const told = late.map(({ metadata, status }) => {
    const why = (status?.conditions ?? []).map(({ type, message }) => `; ${type}: ${message ?? ''}`).join('');
    return `${metadata.name} has ${status?.capacity?.storage ?? 'none yet'}${why}`;
  });
  throw new UserError(`Volumes are smaller than configured:\n  ${told.join('\n  ')}`);
}

/** Claims have only the labels of selectors. */
export const instanceOf = (config: Platform): Readonly<Record<string, string>> => ({
  'app.kubernetes.io/instance': instanceLabels(config)['app.kubernetes.io/instance'] ?? '',
});

const capacityOf = ({ status }: Claim): number => bytesOfQuantity(status?.capacity?.storage ?? '0');
