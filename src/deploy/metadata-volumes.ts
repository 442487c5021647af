import { CLAIM_TEMPLATES, brokerNames } from '../components/kafka-cluster/names';
import type { NodePool } from '../components/kafka-cluster/node-pool-props';
import type { Platform } from '../platform/load';
import type { Problem } from '../validation/problems';
import { exactBytes } from '../validation/units';
import { bytesOfQuantity } from '../kubernetes/quantity';
import { claimsOf, templateOf, type StorageFacts } from './claims';

/**
 * Volumes of the metadata log that pools which exist would get or lose. Kubernetes changes no claim template, and a controller whose log stays
 * on another volume would start as one that knows nothing.
 */
export const metadataVolumeProblems = (config: Platform, facts: StorageFacts): readonly Problem[] =>
  config.brokers.nodePools.flatMap((pool, index) => {
    const existing = existingPool(brokerNames(config).statefulSet(pool), facts);
    const isWanted = pool.metadataStorage !== undefined;
    if (existing === undefined || (existing.size !== undefined) === isWanted) return [];
    const at = { path: `brokers.nodePools.${index}.metadataStorage`, value: pool.metadataStorage };
    return [
      existing.size === undefined ? added(at, pool, facts) : removed({ ...at, size: existing.size }, pool, facts),
    ];
  });

/** @returns undefined if the pool does not exist; without a size, its metadata log is on the volumes of storage */
function existingPool(
  statefulSet: string,
  { statefulSets, claims }: StorageFacts,
): { readonly size?: string } | undefined {
  const set = statefulSets.find(({ metadata }) => metadata.name === statefulSet);
  const [ofMetadata] = claimsOf({ statefulSet, template: CLAIM_TEMPLATES.metadata }, claims);
  const [ofData] = claimsOf({ statefulSet, template: CLAIM_TEMPLATES.data }, claims);
  if (set === undefined && ofMetadata === undefined && ofData === undefined) return undefined;
  // Claims outlive the set, and its template says nothing about those of before.
  const found = ofMetadata ?? templateOf(set, CLAIM_TEMPLATES.metadata);
  return found === undefined ? {} : { size: found.spec.resources.requests.storage };
}

type At = Pick<Problem, 'path' | 'value'>;

const OTHERWISE = 'form a new cluster in another namespace and move the data';

const added = (at: At, { name }: NodePool, { context }: StorageFacts): Problem => ({
  ...at,
  message:
    `the pool ${name} in ${context} was formed without it: the metadata log of its nodes is on the volumes of storage and does not move, ` +
    'and Kubernetes changes no claim template',
  allowed: 'not set, as long as this pool exists',
  fix: `remove ${at.path}, or ${OTHERWISE}`,
});

const removed = (
  { size, ...at }: At & { readonly size: string },
  { name }: NodePool,
  { context }: StorageFacts,
): Problem => ({
  ...at,
  message:
    `the pool ${name} in ${context} was formed with it: without these volumes its controllers would start without the metadata log, ` +
    'and Kubernetes changes no claim template',
  allowed: `volumes of ${exactBytes(bytesOfQuantity(size))}, as long as this pool exists`,
  fix: `restore ${at.path}, or ${OTHERWISE}`,
});
