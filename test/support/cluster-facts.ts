import { firstPool } from '../../tools/support/first-pool';
import { APPLICATIONS_IMAGE, withCatalogue } from '../../tools/support/with-catalogue';
import type { KubernetesObject } from '../../src/deploy/kubectl';
import type { Claim, Node, Pod, StatefulSet } from '../../src/deploy/objects';
import { preflightProblems, type ClusterFacts } from '../../src/deploy/preflight';
import { memoryQuantity } from '../../src/kubernetes/quantity';
import { parseConfig } from '../../src/platform/load';

/** The environment kind with applications, as input. */
export const { kind } = withCatalogue;

export const config = parseConfig(kind);

export const object = (name: string, annotations: Readonly<Record<string, string>> = {}): KubernetesObject => ({
  metadata: { name, annotations, uid: name, resourceVersion: '1', creationTimestamp: '' },
});

export const SIZE = memoryQuantity(firstPool(config.brokers).storage.size);

export const claim = (
  name: string,
  annotations: Readonly<Record<string, string>> = {},
  { size = SIZE, storageClass = 'standard' }: { readonly size?: string; readonly storageClass?: string } = {},
): Claim => ({
  ...object(name, annotations),
  spec: { storageClassName: storageClass, resources: { requests: { storage: size } } },
});

export const setOf = (size: string, storageClassName?: string, name = 'kafka-broker'): StatefulSet => ({
  ...object(name),
  spec: {
    replicas: 3,
    volumeClaimTemplates: [
      {
        metadata: { name: 'data' },
        spec: {
          ...(storageClassName === undefined ? {} : { storageClassName }),
          resources: { requests: { storage: size } },
        },
      },
    ],
  },
  status: {},
});

/** A set whose pods begin with another ordinal than 0. */
export const beginningWith = (start: number, set: StatefulSet): StatefulSet => ({
  ...set,
  spec: { ...set.spec, ordinals: { start } },
});

/** The StatefulSet of the controllers, as it is configured. */
export const controllerSet = beginningWith(100, setOf(SIZE, undefined, 'kafka-controller'));

/** The claims of pods with these ids. */
export const claimsOf = (statefulSet: string, ids: readonly number[]): readonly Claim[] =>
  ids.map((id) => claim(`data-${statefulSet}-${id}`));

/** Facts of a cluster that was formed: these about its brokers, and its controllers as they are configured. */
export const formed = (override: Partial<ClusterFacts>): Partial<ClusterFacts> => ({
  ...override,
  claims: [...(override.claims ?? []), ...claimsOf('kafka-controller', [100, 101, 102])],
  statefulSets: [...(override.statefulSets ?? []), controllerSet],
});

export const dnsPod = (ready: boolean): Pod => ({
  ...object('coredns-1'),
  spec: {},
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
});

export const node = (name: string, images: readonly string[], taint?: string): Node => ({
  ...object(name),
  spec: taint === undefined ? {} : { taints: [{ key: 'any', effect: taint }] },
  status: { images: images.map((image) => ({ names: [image] })) },
});

export const DEFAULT = { 'storageclass.kubernetes.io/is-default-class': 'true' };
export const LOADED = [config.guard.image, config.runtime.image, APPLICATIONS_IMAGE].map(
  (image) => `docker.io/library/${image}`,
);

const facts = (override: Partial<ClusterFacts> = {}): ClusterFacts => ({
  context: 'kind-test',
  minor: 34,
  nodes: [node('control-plane', [], 'NoSchedule'), node('worker', LOADED), node('worker2', LOADED)],
  storageClasses: [object('standard', DEFAULT)],
  claims: [],
  statefulSets: [],
  dns: {},
  ...override,
});

/** The problems of a cluster that fits the configuration except for these facts, one per line. */
export const told = (override: Partial<ClusterFacts>, on = config): string =>
  preflightProblems(on, facts(override))
    .map(({ path, message, allowed, fix }) => `${path}: ${message}; ${allowed}; ${fix}`)
    .join('\n');
