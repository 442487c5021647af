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

export const setOf = (size: string, storageClassName?: string): StatefulSet => ({
  ...object('kafka-broker'),
  spec: {
    replicas: 3,
    volumeClaimTemplates: [
      {
        spec: {
          ...(storageClassName === undefined ? {} : { storageClassName }),
          resources: { requests: { storage: size } },
        },
      },
    ],
  },
  status: {},
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
export const LOADED = [config.runtime.image, APPLICATIONS_IMAGE].map((image) => `docker.io/library/${image}`);

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
