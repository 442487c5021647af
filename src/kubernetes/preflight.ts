import type { Platform } from '../config/load';
import type { Problem } from '../config/problems';
import { CLUSTER_ID_ANNOTATION } from '../render/names';
import type { KubernetesObject } from './kubectl';
import type { Node } from './objects';

/** Sidecars are on by default since then. */
const OLDEST_MINOR = 29;

/** How many images a node tells of; one that has more tells of the largest. */
const IMAGES_TOLD = 50;

/** Path of the problem that may pass: nodes tell late of an image that was just loaded. */
export const IMAGE_SETTING = 'runtime.image';

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/** What a cluster is, as far as it decides whether the platform can be applied to it. */
export interface ClusterFacts {
  readonly context: string;
  /** Of Kubernetes 1. */
  readonly minor: number;
  readonly nodes: readonly Node[];
  readonly storageClasses: readonly KubernetesObject[];
  /** Volume claims of the brokers, from an earlier apply. */
  readonly claims: readonly KubernetesObject[];
}

/** Everything that would keep the platform from running there, found before anything is applied. */
export const preflightProblems = (config: Platform, facts: ClusterFacts): readonly Problem[] => [
  ...versionProblems(facts),
  ...storageProblems(config, facts),
  ...clusterIdProblems(config, facts),
  ...imageProblems(config, facts),
];

function versionProblems({ context, minor }: ClusterFacts): readonly Problem[] {
  if (minor >= OLDEST_MINOR) return [];
  return [
    {
      path: `${context}: version`,
      value: `1.${minor}`,
      message: 'this Kubernetes does not know sidecars, so that the guard would never let its broker start',
      allowed: `1.${OLDEST_MINOR} or newer`,
      fix: 'upgrade the cluster, or use another context',
    },
  ];
}

/** Every setting that names the storage class of volume claims, with whose claims they are. */
function storageSettings({ brokers, monitoring }: Platform) {
  return [
    { path: 'brokers.storage.storageClass', owner: 'the brokers', storageClass: brokers.storage.storageClass },
    ...(monitoring.mode === 'prometheus'
      ? [
          {
            path: 'monitoring.prometheus.storageClass',
            owner: 'Prometheus',
            storageClass: monitoring.prometheus.storageClass,
          },
        ]
      : []),
  ];
}

function storageProblems(config: Platform, { context, storageClasses }: ClusterFacts): readonly Problem[] {
  const names = storageClasses.map(({ metadata }) => metadata.name);
  const allowed = names.length === 0 ? 'the cluster has none' : names.join(', ');
  const hasDefault = storageClasses.some(({ metadata }) => metadata.annotations?.[DEFAULT_CLASS] === 'true');
  return storageSettings(config).flatMap(({ path, owner, storageClass: value }) => {
    if (value === undefined ? hasDefault : names.includes(value)) return [];
    const missing = value === undefined ? 'default storage class' : 'such storage class';
    return [
      {
        path,
        value,
        message: `${context} has no ${missing}: the volumes of ${owner} would wait for ever`,
        allowed,
        fix:
          value === undefined
            ? `set ${path}, or make one the default (annotation ${DEFAULT_CLASS}=true)`
            : 'name one that exists, or create it',
      },
    ];
  });
}

function clusterIdProblems(config: Platform, { context, claims }: ClusterFacts): readonly Problem[] {
  const { clusterId } = config.brokers.quorum;
  const foreign = claims.filter(
    ({ metadata }) => (metadata.annotations?.[CLUSTER_ID_ANNOTATION] ?? clusterId) !== clusterId,
  );
  const [first] = foreign;
  if (first === undefined) return [];
  const found = first.metadata.annotations?.[CLUSTER_ID_ANNOTATION] ?? '';
  return [
    {
      path: 'brokers.quorum.clusterId',
      value: clusterId,
      message:
        `namespace ${config.namespace} of ${context} holds the data of cluster '${found}' ` +
        `(${foreign.map(({ metadata }) => metadata.name).join(', ')}): brokers of another cluster refuse to start on it`,
      allowed: `'${found}', as long as these volume claims exist`,
      fix: 'restore the id, use another namespace, or delete the claims if their data may be lost',
    },
  ];
}

/** An image without a registry can be pulled from nowhere: somebody has to load it into the nodes. */
function imageProblems({ runtime }: Platform, { context, nodes }: ClusterFacts): readonly Problem[] {
  if (runtime.image.includes('/')) return [];
  const missing = nodes.filter((node) => takesPods(node) && tellsAll(node) && !has(node, runtime.image));
  if (missing.length === 0) return [];
  return [
    {
      path: IMAGE_SETTING,
      value: runtime.image,
      message:
        `the image names no registry and is not on ${missing.map(({ metadata }) => metadata.name).join(', ')} ` +
        `of ${context}: no broker would start`,
      allowed: 'an image that is loaded into every node, or one with a registry',
      fix: `npm run image, then kind load docker-image ${runtime.image} --name <cluster>; or push it and set runtime.image`,
    },
  ];
}

const takesPods = ({ spec }: Node): boolean =>
  spec.unschedulable !== true && !(spec.taints ?? []).some(({ effect }) => effect === 'NoSchedule');

const tellsAll = ({ status }: Node): boolean => (status.images ?? []).length < IMAGES_TOLD;

const has = ({ status }: Node, image: string): boolean =>
  (status.images ?? []).some(({ names }) => (names ?? []).some((name) => name === image || name.endsWith(`/${image}`)));
