import { firstPool } from '../../tools/support/first-pool';
import { environments } from '../../platform/environments';
import { filesOf } from '../../tools/support/rendering';
import type { Platform } from '../../src/platform/load';
import { KUBERNETES_ENVIRONMENTS, loadConfig } from '../../tools/support/environments';
import { mebibytes, seconds } from '../../src/validation/units';
import { brokerNames } from '../../src/components/kafka-cluster/names';
import { kindWith, withPool } from '../../tools/support/config';
import { find, podTemplate, committedFiles, renderObjects } from '../../tools/support/manifests';

const template = (config: Platform) =>
  podTemplate(find(renderObjects(config), 'StatefulSet', brokerNames(config).statefulSet(firstPool(config.brokers))));

const kind = loadConfig('kind');
const withBrokers = (override: object): Platform =>
  kindWith({ brokers: { ...environments.kind.brokers, ...override } });

describe.each(KUBERNETES_ENVIRONMENTS)('the manifests of %s', (environment) => {
  const config = loadConfig(environment);

  it('match the committed files (else: npm run synth)', () => {
    expect(committedFiles(environment)).toEqual(filesOf(environment, config));
  });

  it('have the same bytes in every run', () => {
    expect(filesOf(environment, config)).toEqual(filesOf(environment, config));
  });

  it('are in the namespace of the configuration', () => {
    const objects = renderObjects(config).filter(({ kind }) => kind !== 'Namespace');
    expect(new Set(objects.map(({ metadata }) => metadata.namespace))).toEqual(new Set([config.namespace]));
  });
});

describe('the namespace', () => {
  const namespaces = (of: Platform) => renderObjects(of).filter((object) => object.kind === 'Namespace');

  it('is not among production’s objects, so that their deletion loses no claim', () => {
    const kinds = renderObjects(loadConfig('production')).map((object) => object.kind);
    expect(kinds).not.toContain('Namespace');
    expect(kinds).not.toContain('PersistentVolumeClaim');
    expect(kinds).not.toContain('PersistentVolume');
  });

  it('is the first object of kind, and is not removed by tools', () => {
    expect(renderObjects(kind)[0]).toMatchObject({
      kind: 'Namespace',
      metadata: {
        name: kind.namespace,
        annotations: {
          'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
          'kustomize.toolkit.fluxcd.io/prune': 'disabled',
        },
      },
    });
    expect(namespaces(kindWith({ renderNamespace: false }))).toEqual([]);
  });

  it('admits pods by the standard of the oldest supported Kubernetes, on any version', () => {
    expect(namespaces(kind)[0]?.metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce-version': 'v1.29' });
  });
});

describe('brokers roll', () => {
  it.each([
    ['a broker property', { ioThreads: 9 }],
    ['a further property', { properties: { 'log.cleaner.threads': 2 } }],
    ['the log level', { logLevel: 'WARN' }],
    ['the heap', withPool(environments.kind.brokers, { heap: mebibytes(256) })],
    ['the image', { image: 'registry.example/kafka:4.3.1' }],
    ['the time for their shutdown', { shutdownMs: 90_000 }],
  ])('when %s changes', (_, override) => {
    expect(template(withBrokers(override))).not.toEqual(template(kind));
  });

  it.each([
    ['the guard’s wait', { guard: { stopWaitMs: seconds(77) } }],
    ['the runtime image', { runtime: { image: 'registry.example/runtime:1' } }],
  ])('when %s changes', (_, override) => {
    expect(template(kindWith(override))).not.toEqual(template(kind));
  });
});

describe('brokers do not roll', () => {
  it('when topics change', () => {
    expect(template(kindWith({ topics: [], applications: {} }))).toEqual(template(kind));
  });

  it.each([
    ['the schedule of the smoke test', { smoke: { schedule: '0 4 * * *' } }],
    ['the level that new storage is formatted with', { brokers: { ...environments.kind.brokers, metadataVersion: '4.2-IV1' } }],
    ['feature levels', { brokers: { ...environments.kind.brokers, features: { 'transaction.version': 1 } } }],
    ['what provisioning may do', { provisioning: { delete: ['old'] } }],
    ['the applications', { applications: {} }],
  ])('when %s changes', (_, override) => {
    expect(template(kindWith(override))).toEqual(template(kind));
  });

  it('when only local settings change', () => {
    expect(template(kindWith({ local: { basePort: 20_000 } }))).toEqual(template(kind));
  });
});

describe('a single broker', () => {
  it('has no disruption budget, which would only block drains', () => {
    const single = withBrokers({
      nodePools: [{ ...firstPool(environments.kind.brokers), replicas: 1 }],
      replicationFactor: 1,
      minInsyncReplicas: 1,
      internalTopics: { replicationFactor: 1, minInsyncReplicas: 1 },
    });
    expect(renderObjects(single).map((object) => object.kind)).not.toContain('PodDisruptionBudget');
  });
});
