import { applicationsOf } from '../components/application/applications';
import { pulledImage } from '../kubernetes/image-registry';
import type { Platform } from '../platform/load';
import type { Problem } from '../validation/problems';
import { PUBLISHED_CLUSTER_IDS } from '../components/kafka-cluster/published-cluster-ids';
import { CLUSTER_ID_ANNOTATION } from '../components/kafka-cluster/names';
import { OLDEST_MINOR } from '../kubernetes/namespace';
import { zoneProblems } from './zones';
import { claimProblems, storages } from './claims';
import { formedProblems, type FormedFacts } from './formed';
import { formerPoolProblems } from './former-pools';
import { metadataVolumeProblems } from './metadata-volumes';
import { dnsProblems, type DnsFacts } from './dns';
import type { KubernetesObject } from './kubectl';
import type { Node } from './objects';
import { IS_INSTALLED, commandLine } from '../validation/command-line';

/** Maximum number of images that a node reports; it reports the largest ones. */
const IMAGES_TOLD = 50;

/** Paths of problems that may be temporary: nodes report a newly loaded image late. */
const IMAGE_SETTINGS = ['guard.image', 'runtime.image'];

/** Whether a setting names an image, which nodes may report late. */
export const isImageSetting = (path: string): boolean =>
  IMAGE_SETTINGS.includes(path) || /^applications\.[^.]+\.image$/.test(path);

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/** The properties of a cluster that decide whether the platform can be applied. */
export interface ClusterFacts extends FormedFacts {
  /** Minor version of Kubernetes 1. */
  readonly minor: number;
  readonly nodes: readonly Node[];
  readonly dns: DnsFacts;
  /** Undefined if they may not be read. */
  readonly priorityClasses?: readonly KubernetesObject[] | undefined;
  /** Names of the Secrets of the namespace. Nothing when they may not be read, or the configuration names none. */
  readonly secrets?: readonly string[] | undefined;
}

/** All problems that would keep the platform from running, found before anything is applied. */
export function preflightProblems(config: Platform, facts: ClusterFacts): readonly Problem[] {
  const ofClaims = claimProblems(config, facts);
  return [
    ...versionProblems(facts),
    // The storage class of existing volumes is fixed, whatever other classes the cluster has.
    ...storageProblems(config, facts).filter(({ path }) => !ofClaims.some((one) => one.path === path)),
    ...clusterIdProblems(config, facts),
    ...formedProblems(config, facts),
    ...formerPoolProblems(config, facts),
    ...publishedIdProblems(config, facts),
    ...priorityProblems(config, facts),
    ...zoneProblems(config, facts),
    ...secretProblems(config, facts),
    ...ofClaims,
    ...metadataVolumeProblems(config, facts),
    ...dnsProblems(config, facts.context, facts.dns),
    ...imageProblems(config, facts),
  ];
}

function versionProblems({ context, minor }: ClusterFacts): readonly Problem[] {
  if (minor >= OLDEST_MINOR) return [];
  return [
    {
      path: `${context}: version`,
      value: `1.${minor}`,
      message: 'this Kubernetes version does not support sidecar containers, so the brokers would never start',
      allowed: `1.${OLDEST_MINOR} or newer`,
      fix: 'upgrade the cluster, or use another context',
    },
  ];
}

function storageProblems(config: Platform, { context, storageClasses }: ClusterFacts): readonly Problem[] {
  const names = storageClasses.map(({ metadata }) => metadata.name);
  const allowed = names.length === 0 ? 'the cluster has none' : names.join(', ');
  const hasDefault = storageClasses.some(({ metadata }) => metadata.annotations?.[DEFAULT_CLASS] === 'true');
  return storages(config).flatMap(({ path: storage, owner, storageClass: value }) => {
    const path = `${storage}.storageClass`;
    if (value === undefined ? hasDefault : names.includes(value)) return [];
    const missing = value === undefined ? 'default storage class' : 'such storage class';
    return [
      {
        path,
        value,
        message: `${context} has no ${missing}: the volumes of ${owner} would never be created`,
        allowed,
        fix:
          value === undefined
            ? `set ${path}, or make one the default (annotation ${DEFAULT_CLASS}=true)`
            : 'use an existing one, or create it',
      },
    ];
  });
}

function clusterIdProblems(config: Platform, { context, claims }: ClusterFacts): readonly Problem[] {
  const { clusterId } = config.brokers;
  const foreign = claims.filter(
    ({ metadata }) => (metadata.annotations?.[CLUSTER_ID_ANNOTATION] ?? clusterId) !== clusterId,
  );
  const [first] = foreign;
  if (first === undefined) return [];
  const found = first.metadata.annotations?.[CLUSTER_ID_ANNOTATION] ?? '';
  return [
    {
      path: 'brokers.clusterId',
      value: clusterId,
      message:
        `namespace ${config.namespace} of ${context} holds the data of cluster '${found}' ` +
        `(${foreign.map(({ metadata }) => metadata.name).join(', ')}): brokers of another cluster refuse to start on it`,
      allowed: `'${found}', as long as these volume claims exist`,
      fix: 'restore the id, use another namespace, or delete the claims if their data may be lost',
    },
  ];
}

/** How kind names its contexts. */
const KIND_CONTEXT = /^kind-/;
const KIND_PROVIDER = 'kind://';

/** Whether kind has made the cluster, which is one for a day: its nodes say so, or nothing and the context is named so. */
function isKind({ context, nodes }: ClusterFacts): boolean {
  const providers = nodes.map(({ spec }) => spec.providerID ?? '').filter((provider) => provider !== '');
  return providers.length === 0
    ? KIND_CONTEXT.test(context)
    : providers.every((provider) => provider.startsWith(KIND_PROVIDER));
}

function publishedIdProblems({ brokers }: Platform, facts: ClusterFacts): readonly Problem[] {
  const { clusterId } = brokers;
  const { context, claims } = facts;
  // A cluster that was formed keeps its id.
  const isFormed = claims.some(({ metadata }) => metadata.annotations?.[CLUSTER_ID_ANNOTATION] === clusterId);
  if (!PUBLISHED_CLUSTER_IDS.has(clusterId) || isFormed || isKind(facts)) return [];
  return [
    {
      path: 'brokers.clusterId',
      value: clusterId,
      message: 'this id is published with the project; clusters that share an id accept each other’s disks',
      allowed: `an id of this cluster alone; this one only on kind, and ${context} is another`,
      fix: `make one with \`${commandLine('platform new-cluster-id')}\`, set it in the environment and run \`${commandLine('synth')}\``,
    },
  ];
}

/** The API server accepts a workload with an unknown PriorityClass, but then rejects its pods. */
function priorityProblems(config: Platform, { context, priorityClasses }: ClusterFacts): readonly Problem[] {
  if (priorityClasses === undefined) return [];
  const names = priorityClasses.map(({ metadata }) => metadata.name);
  const settings = [
    ...config.brokers.nodePools.map(
      ({ scheduling }, index) =>
        [`brokers.nodePools.${index}.scheduling.priorityClassName`, scheduling.priorityClassName] as const,
    ),
    ['scheduling.priorityClassName', config.scheduling.priorityClassName] as const,
  ];
  return settings.flatMap(([path, value]) =>
    value === undefined || names.includes(value)
      ? []
      : [
          {
            path,
            value,
            message: `${context} has no such PriorityClass: it would accept the workload and reject all of its pods`,
            allowed: names.join(', '),
            fix: 'use an existing one, or create it',
          },
        ],
  );
}

/** A kubelet passes over a Secret that is not there, and then pulls without credentials. */
function secretProblems({ imagePullSecrets = [], namespace }: Platform, { context, secrets }: ClusterFacts) {
  if (secrets === undefined) return [];
  return imagePullSecrets.flatMap((value, index): readonly Problem[] =>
    secrets.includes(value)
      ? []
      : [
          {
            path: `imagePullSecrets.${index}`,
            value,
            message: `namespace ${namespace} of ${context} has no such Secret: images of a private registry could not be pulled`,
            allowed: secrets.join(', ') || 'none: the namespace has no Secret',
            fix: `create it (kubectl -n ${namespace} create secret docker-registry ${value} …), or correct the name`,
          },
        ],
  );
}

interface NeededImage {
  readonly path: string;
  readonly image: string;
  /** Consequence of a missing image. */
  readonly consequence: string;
}

/** Each image once, with the first setting that names it. */
function neededImages(config: Platform): readonly NeededImage[] {
  const pulled = (image: string): string => pulledImage(config, image);
  const all = [
    { path: 'guard.image', image: pulled(config.guard.image), consequence: 'no broker would start' },
    { path: 'runtime.image', image: pulled(config.runtime.image), consequence: 'no topic would be made' },
    ...applicationsOf(config).map(({ name, image }) => ({
      path: `applications.${name}.image`,
      image: pulled(image),
      consequence: `${name} would not start`,
    })),
  ];
  return all.filter(({ image }, index) => all.findIndex((other) => other.image === image) === index);
}

/** An image name without a registry cannot be pulled; the image must be loaded into the nodes. */
function imageProblems(config: Platform, { context, nodes }: ClusterFacts): readonly Problem[] {
  return neededImages(config).flatMap(({ path, image, consequence }) => {
    const missing = nodes.filter((node) => takesPods(node) && tellsAll(node) && !has(node, image));
    if (image.includes('/') || missing.length === 0) return [];
    const names = missing.map(({ metadata }) => metadata.name).join(', ');
    return [
      {
        path,
        value: image,
        message: `the image names no registry and is not on ${names} of ${context}: ${consequence}`,
        allowed: 'an image that is loaded into every node, or an image with a registry',
        fix: buildAdvice(path, image),
      },
    ];
  });
}

const buildAdvice = (path: string, image: string): string => {
  if (!IS_INSTALLED)
    return `npm run image, then kind load docker-image ${image} --name <cluster>; or push it and set ${path}`;
  return IMAGE_SETTINGS.includes(path)
    ? `build it in a checkout of kafka-platform (npm run image), push it, and set ${path}`
    : `load it into every node, or push it and set ${path}`;
};

const takesPods = ({ spec }: Node): boolean =>
  spec.unschedulable !== true && !(spec.taints ?? []).some(({ effect }) => effect !== 'PreferNoSchedule');

const tellsAll = ({ status }: Node): boolean => (status.images ?? []).length < IMAGES_TOLD;

const has = ({ status }: Node, image: string): boolean =>
  (status.images ?? []).some(({ names }) => (names ?? []).some((name) => name === image || name.endsWith(`/${image}`)));
