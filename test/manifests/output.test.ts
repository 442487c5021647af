import { isDeepStrictEqual } from 'node:util';
import { environments } from '../../platform/environments';
import { filesOf } from '../../tools/support/rendering';
import type { Platform } from '../../src/platform/load';
import { KUBERNETES_ENVIRONMENTS, loadConfig } from '../../tools/support/environments';
import { gibibytes, mebibytes, seconds } from '../../src/validation/units';
import { brokerNames } from '../../src/components/kafka-cluster/names';
import type { NodePool } from '../../src/components/kafka-cluster/node-pool-props';
import { kindWith, withPool } from '../../tools/support/config';
import { find, podTemplate, committedFiles, renderObjects, type PodTemplate } from '../../tools/support/manifests';

const kind = loadConfig('kind');
const { brokers } = environments.kind;
const withBrokers = (override: object): Platform => kindWith({ brokers: { ...brokers, ...override } });

/** The pod template of each node pool, by the name of the pool. */
const templates = (config: Platform): Readonly<Record<string, PodTemplate>> => {
  const objects = renderObjects(config);
  const templateOf = (pool: NodePool) =>
    podTemplate(find(objects, 'StatefulSet', brokerNames(config).statefulSet(pool)));
  return Object.fromEntries(config.brokers.nodePools.map((pool) => [pool.name, templateOf(pool)]));
};

/** Names of the pools whose nodes restart when this configuration follows that of kind. */
const rolled = (config: Platform): readonly string[] => {
  const before = templates(kind);
  const changed = Object.entries(templates(config)).filter(
    ([pool, template]) => !isDeepStrictEqual(template, before[pool]),
  );
  return changed.map(([pool]) => pool);
};

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
    expect(namespaces(kind)[0]?.metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce-version': 'v1.29',
    });
  });
});

describe('brokers and controllers roll', () => {
  const BOTH = ['broker', 'controller'];

  it.each([
    ['a broker property', { ioThreads: 9 }],
    ['a further property', { properties: { 'log.cleaner.threads': 2 } }],
    ['the log level', { logLevel: 'WARN' }],
    ['the heap of all', withPool(brokers, { heap: mebibytes(300) })],
    ['the image', { image: 'registry.example/kafka:4.3.1' }],
    ['the time for their shutdown', { shutdownMs: 90_000 }],
  ])('when %s changes', (_, override) => {
    expect(rolled(withBrokers(override))).toEqual(BOTH);
  });

  it.each([
    ['the guard’s wait', { guard: { stopWaitMs: seconds(77) } }],
    ['the guard’s image', { guard: { image: 'registry.example/guard:1' } }],
  ])('when %s changes', (_, override) => {
    expect(rolled(kindWith(override))).toEqual(BOTH);
  });
});

describe.each(['broker', 'controller'])('of the pools, only the pool %s rolls', (pool) => {
  it.each([
    ['heap', { heap: mebibytes(300) }],
    ['memory', { memory: gibibytes(2) }],
    ['processors', { cpuMillicores: 777 }],
    ['scheduling', { scheduling: { priorityClassName: 'high' } }],
  ])('when its %s changes', (_, change) => {
    expect(rolled(withBrokers(withPool(brokers, change, pool)))).toEqual([pool]);
  });
});

describe('brokers and controllers do not roll', () => {
  it('when topics change', () => {
    expect(rolled(kindWith({ topics: [], applications: {} }))).toEqual([]);
  });

  it.each([
    ['the schedule of the smoke test', { smoke: { schedule: '0 4 * * *' } }],
    ['the level that new storage is formatted with', { brokers: { ...brokers, metadataVersion: '4.2-IV1' } }],
    ['feature levels', { brokers: { ...brokers, features: { 'transaction.version': 1 } } }],
    ['what provisioning may do', { provisioning: { delete: ['old'] } }],
    ['the applications', { applications: {} }],
    ['the runtime image', { runtime: { image: 'registry.example/runtime:1' } }],
  ])('when %s changes', (_, override) => {
    expect(rolled(kindWith(override))).toEqual([]);
  });

  it('when only local settings change', () => {
    expect(rolled(kindWith({ local: { basePort: 20_000 } }))).toEqual([]);
  });
});

describe('disruption budgets', () => {
  const budgets = (override: object) =>
    renderObjects(withBrokers(override))
      .filter((object) => object.kind === 'PodDisruptionBudget')
      .map(({ metadata }) => metadata.name);
  const oneReplica = {
    replicationFactor: 1,
    minInsyncReplicas: 1,
    internalTopics: { replicationFactor: 1, minInsyncReplicas: 1 },
  };
  const alone = (pool?: string) => withPool(brokers, { replicas: 1 }, pool).nodePools;

  it('would only block drains of single nodes, which have none', () => {
    const ofBoth = alone('broker').map((pool) => ({ ...pool, roles: ['controller', 'broker'] }))[0];
    expect(budgets({ ...oneReplica, nodePools: [ofBoth] })).toEqual([]);
    expect(budgets({ ...oneReplica, nodePools: alone() })).toEqual([]);
  });

  it('are there for the role alone that has several nodes', () => {
    expect(budgets({ ...oneReplica, nodePools: alone('broker') })).toEqual(['kafka-controller']);
    expect(budgets({ nodePools: alone('controller') })).toEqual(['kafka-broker']);
  });
});
