import { KUBERNETES_ENVIRONMENTS, environments } from '../../src/config/environments';
import { loadConfig, type Platform } from '../../src/config/load';
import { seconds } from '../../src/config/units';
import { brokerNames } from '../../src/render/names';
import { kindWith } from '../support/config';
import { find, podTemplate, readFiles, renderFiles, renderObjects } from '../support/manifests';

const template = (config: Platform) =>
  podTemplate(find(renderObjects(config), 'StatefulSet', brokerNames(config).statefulSet));

const kind = loadConfig('kind');
const withBrokers = (override: object): Platform =>
  kindWith({ brokers: { ...environments.kind.brokers, ...override } });

describe.each(KUBERNETES_ENVIRONMENTS)('the manifests of %s', (environment) => {
  const config = loadConfig(environment);

  it('are committed as the code renders them (else: npm run synth)', () => {
    expect(readFiles(`manifests/${environment}`)).toEqual(renderFiles(config));
  });

  it('have the same bytes from run to run', () => {
    expect(renderFiles(config)).toEqual(renderFiles(config));
  });

  it('stand in the namespace of the configuration, the namespace first', () => {
    const objects = renderObjects(config);
    expect(objects[0]).toMatchObject({ kind: 'Namespace', metadata: { name: config.namespace } });
    expect(new Set(objects.slice(1).map(({ metadata }) => metadata.namespace))).toEqual(new Set([config.namespace]));
  });
});

describe('brokers roll', () => {
  it.each([
    ['a broker property', { ioThreads: 9 }],
    ['a further property', { properties: { 'log.cleaner.threads': 2 } }],
    ['the log level', { logLevel: 'WARN' }],
    ['the heap', { heap: 2 ** 28 }],
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
    expect(template(kindWith({ topics: [], samples: { enabled: false } }))).toEqual(template(kind));
  });

  it.each([
    ['the schedule of the smoke test', { smoke: { schedule: '0 4 * * *' } }],
    ['what provisioning may do', { provisioning: { delete: ['old'] } }],
    ['the sample applications', { samples: { enabled: false } }],
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
      count: 1,
      quorum: { ...environments.kind.brokers.quorum, voters: 1 },
      replicationFactor: 1,
      minInsyncReplicas: 1,
      internalTopics: { replicationFactor: 1, minInsyncReplicas: 1 },
    });
    expect(renderObjects(single).map((object) => object.kind)).not.toContain('PodDisruptionBudget');
  });
});
