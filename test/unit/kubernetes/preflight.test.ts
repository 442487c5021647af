import { environments } from '../../../src/config/environments';
import { parseConfig } from '../../../src/config/load';
import type { KubernetesObject } from '../../../src/kubernetes/kubectl';
import type { Node } from '../../../src/kubernetes/objects';
import { preflightProblems, type ClusterFacts } from '../../../src/kubernetes/preflight';

const config = parseConfig(environments.kind);

const object = (name: string, annotations: Readonly<Record<string, string>> = {}): KubernetesObject => ({
  metadata: { name, annotations, uid: name, resourceVersion: '1', creationTimestamp: '' },
});

const node = (name: string, images: readonly string[], taint?: string): Node => ({
  ...object(name),
  spec: taint === undefined ? {} : { taints: [{ key: 'any', effect: taint }] },
  status: { images: images.map((image) => ({ names: [image] })) },
});

const DEFAULT = { 'storageclass.kubernetes.io/is-default-class': 'true' };
const LOADED = [`docker.io/library/${config.runtime.image}`];

const facts = (override: Partial<ClusterFacts> = {}): ClusterFacts => ({
  context: 'kind-test',
  minor: 34,
  nodes: [node('control-plane', [], 'NoSchedule'), node('worker', LOADED), node('worker2', LOADED)],
  storageClasses: [object('standard', DEFAULT)],
  claims: [],
  ...override,
});

const told = (override: Partial<ClusterFacts>, on = config): string =>
  preflightProblems(on, facts(override))
    .map(({ path, message, allowed, fix }) => `${path}: ${message}; ${allowed}; ${fix}`)
    .join('\n');

describe('a cluster is taken', () => {
  it('that has sidecars, a default storage class, the image on every worker and no other data', () => {
    expect(told({})).toBe('');
  });

  it('that holds the data of this cluster already', () => {
    const id = config.brokers.quorum.clusterId;
    expect(told({ claims: [object('data-kafka-broker-0', { 'kafka-platform/cluster-id': id })] })).toBe('');
  });

  it('without a default storage class, when one is named that exists', () => {
    const storage = { ...environments.kind.brokers.storage, storageClass: 'fast' };
    const named = parseConfig({
      ...environments.kind,
      brokers: { ...environments.kind.brokers, storage },
      monitoring: { prometheus: { storageClass: 'fast' } },
    });
    expect(told({ storageClasses: [object('fast')] }, named)).toBe('');
    expect(told({ storageClasses: [object('slow')] }, named)).toMatch(/no such storage class.*slow/);
  });

  it('without the image, when the image names a registry to pull it from', () => {
    const pulled = parseConfig({ ...environments.kind, runtime: { image: 'registry.example/runtime:1' } });
    expect(told({ nodes: [node('worker', [])] }, pulled)).toBe('');
  });

  it('whose nodes have more images than they tell of', () => {
    const many = Array.from({ length: 50 }, (_, index) => `image-${index}:1`);
    expect(told({ nodes: [node('worker', many)] })).toBe('');
  });
});

describe('a cluster is refused', () => {
  it.each([
    ['that is too old for sidecars', { minor: 28 }, /^kind-test: version: .*1\.29 or newer/],
    [
      'without a storage class',
      { storageClasses: [] },
      /^brokers\.storage\.storageClass: .*no default storage class.*the cluster has none/,
    ],
    [
      'whose storage classes are none by default',
      { storageClasses: [object('standard')] },
      /no default storage class.*; standard; /,
    ],
    [
      'that holds the data of another',
      { claims: [object('data-kafka-broker-0', { 'kafka-platform/cluster-id': 'AnotherClustersIdABCDg' })] },
      /^brokers\.quorum\.clusterId: .*data of cluster 'AnotherClustersIdABCDg' \(data-kafka-broker-0\)/,
    ],
    [
      'one of whose workers lacks the image',
      { nodes: [node('worker', LOADED), node('worker2', [])] },
      /^runtime\.image: .*not on worker2 of kind-test.*kind load docker-image/,
    ],
  ])('%s', (_, override, says) => {
    expect(told(override)).toMatch(says);
  });

  it('for everything at once', () => {
    const claims = [object('data-kafka-broker-0', { 'kafka-platform/cluster-id': 'AnotherClustersIdABCDg' })];
    expect(told({ minor: 28, storageClasses: [], nodes: [node('worker', [])], claims }).split('\n')).toHaveLength(5);
  });
});
