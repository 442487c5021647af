import { loadConfig } from '../../tools/support/environments';
import { registryProvider } from '../../src/components/schema-registry/provider';
import { registryUrl } from '../../src/components/schema-registry/model';
import { kindWith } from '../../tools/support/config';
import { container, find, podTemplate, renderObjects } from '../../tools/support/manifests';

const apicurio = loadConfig('kind');
const confluent = kindWith({ registry: { provider: 'confluent' } });
const none = kindWith({ registry: { provider: 'none' }, applications: {} });

const envOf = (object: ReturnType<typeof find>): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries((container(object).env ?? []).map(({ name, value }) => [name, value]));

describe.each([
  ['apicurio', apicurio],
  ['confluent', confluent],
])('the schema registry by %s', (_, config) => {
  const objects = renderObjects(config);
  const deployment = find(objects, 'Deployment', 'kafka-registry');
  const provider = registryProvider(config);

  it('starts only when the brokers and its topics are available', () => {
    expect(podTemplate(deployment).spec.initContainers?.map(({ command }) => command)).toEqual([
      ['node', '/app/prepare-registry.js'],
    ]);
  });

  it('is restarted if it does not start, and if it stays unready', () => {
    const { startupProbe, readinessProbe, livenessProbe } = container(deployment);
    const get = { path: provider?.ready.path, port: provider?.ready.port };
    expect(startupProbe).toMatchObject({ httpGet: get });
    expect(readinessProbe).toMatchObject({ httpGet: get });
    expect(livenessProbe).toMatchObject({ httpGet: get });
  });

  it('has unlimited retention, on as many replicas as Kafka’s internal topics', () => {
    const { replicationFactor, minInsyncReplicas } = config.brokers.internalTopics;
    expect(provider?.topics.length).toBeGreaterThan(0);
    for (const topic of provider?.topics ?? []) {
      expect(topic).toMatchObject({ partitions: 1, replicationFactor, minInsyncReplicas, retentionMs: -1 });
    }
  });

  it('has one address for all clients', () => {
    const url = registryUrl(config) ?? '';
    const { port } = new URL(url);
    const service = find(objects, 'Service', 'kafka-registry').spec;
    expect(service['ports']).toContainEqual({ name: 'api', port: Number(port), targetPort: Number(port) });
    expect(envOf(find(objects, 'Deployment', 'kafka-ui'))['KAFKA_CLUSTERS_0_SCHEMAREGISTRY']).toBe(url);
    expect(new URL(url).hostname).toBe('kafka-registry.kafka.svc.cluster.local');
  });

  it('has a writable volume for exactly the directories that need one', () => {
    const writable = podTemplate(deployment).spec['volumes'] as { name: string; emptyDir?: object }[];
    expect(writable.filter(({ emptyDir }) => emptyDir !== undefined).length).toBe(provider?.writable.length);
  });
});

it('the address of the registry has the base path of its software', () => {
  expect(new URL(registryUrl(apicurio) ?? '').pathname).toBe('/apis/ccompat/v7');
  expect(new URL(registryUrl(confluent) ?? '').pathname).toBe('/');
});

it('Confluent’s replicas connect to each other by address, and their topic is compacted', () => {
  const deployment = find(renderObjects(confluent), 'Deployment', 'kafka-registry');
  expect(container(deployment).env).toContainEqual({
    name: 'SCHEMA_REGISTRY_HOST_NAME',
    valueFrom: { fieldRef: { fieldPath: 'status.podIP' } },
  });
  expect(registryProvider(confluent)?.topics.map(({ name, cleanupPolicy }) => [name, cleanupPolicy])).toEqual([
    ['_schemas', 'compact'],
  ]);
});

it('several replicas have a disruption budget, but a single one would block every drain', () => {
  const budgets = (replicas: number) =>
    renderObjects(kindWith({ registry: { replicas } })).filter(
      ({ kind, metadata }) => kind === 'PodDisruptionBudget' && metadata.name === 'kafka-registry',
    );
  expect(budgets(1)).toEqual([]);
  // They have no data, so two broken ones must not block a drain permanently.
  expect(budgets(2).map(({ spec }) => [spec['maxUnavailable'], spec['unhealthyPodEvictionPolicy']])).toEqual([
    [1, 'AlwaysAllow'],
  ]);
});

describe('without a registry', () => {
  const objects = renderObjects(none);

  it('no registry object is rendered, and no component refers to it', () => {
    expect(objects.filter(({ metadata }) => /registry|schemas/.test(metadata.name))).toEqual([]);
    expect(registryUrl(none)).toBeUndefined();
    expect(envOf(find(objects, 'Deployment', 'kafka-ui'))['KAFKA_CLUSTERS_0_SCHEMAREGISTRY']).toBeUndefined();
  });
});
