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

  it('starts only when brokers serve and its topics are there', () => {
    expect(podTemplate(deployment).spec.initContainers?.map(({ command }) => command)).toEqual([
      ['node', '/app/prepare-registry.js'],
    ]);
  });

  it('starts again when it does not come up, and when it stays unready', () => {
    const { startupProbe, readinessProbe, livenessProbe } = container(deployment);
    const get = { path: provider?.ready.path, port: provider?.ready.port };
    expect(startupProbe).toMatchObject({ httpGet: get });
    expect(readinessProbe).toMatchObject({ httpGet: get });
    expect(livenessProbe).toMatchObject({ httpGet: get });
  });

  it('has unlimited retention, on as many replicas as Kafka’s own', () => {
    const { replicationFactor, minInsyncReplicas } = config.brokers.internalTopics;
    expect(provider?.topics.length).toBeGreaterThan(0);
    for (const topic of provider?.topics ?? []) {
      expect(topic).toMatchObject({ partitions: 1, replicationFactor, minInsyncReplicas, retentionMs: -1 });
    }
  });

  it('has one address for all who need it', () => {
    const url = registryUrl(config) ?? '';
    const { port } = new URL(url);
    const service = find(objects, 'Service', 'kafka-registry').spec;
    expect(service['ports']).toContainEqual({ name: 'api', port: Number(port), targetPort: Number(port) });
    expect(envOf(find(objects, 'Deployment', 'kafka-ui'))['KAFKA_CLUSTERS_0_SCHEMAREGISTRY']).toBe(url);
    expect(new URL(url).hostname).toBe('kafka-registry.kafka.svc.cluster.local');
  });

  it('keeps what is in the image out of reach of what is not', () => {
    const writable = podTemplate(deployment).spec['volumes'] as { name: string; emptyDir?: object }[];
    expect(writable.filter(({ emptyDir }) => emptyDir !== undefined).length).toBe(provider?.writable.length);
  });
});

it('the base path is that of the software', () => {
  expect(new URL(registryUrl(apicurio) ?? '').pathname).toBe('/apis/ccompat/v7');
  expect(new URL(registryUrl(confluent) ?? '').pathname).toBe('/');
});

it('Confluent’s replicas find each other by address, and its topic is compacted', () => {
  const deployment = find(renderObjects(confluent), 'Deployment', 'kafka-registry');
  expect(container(deployment).env).toContainEqual({
    name: 'SCHEMA_REGISTRY_HOST_NAME',
    valueFrom: { fieldRef: { fieldPath: 'status.podIP' } },
  });
  expect(registryProvider(confluent)?.topics.map(({ name, cleanupPolicy }) => [name, cleanupPolicy])).toEqual([
    ['_schemas', 'compact'],
  ]);
});

it('several replicas have a disruption budget, one has none that would hold up every drain', () => {
  const budgets = (replicas: number) =>
    renderObjects(kindWith({ registry: { replicas } })).filter(
      ({ kind, metadata }) => kind === 'PodDisruptionBudget' && metadata.name === 'kafka-registry',
    );
  expect(budgets(1)).toEqual([]);
  // They hold no data: two broken ones may not hold up a drain for good.
  expect(budgets(2).map(({ spec }) => [spec['maxUnavailable'], spec['unhealthyPodEvictionPolicy']])).toEqual([
    [1, 'AlwaysAllow'],
  ]);
});

describe('without a registry', () => {
  const objects = renderObjects(none);

  it('nothing of it is rendered, and nothing looks for it', () => {
    expect(objects.filter(({ metadata }) => /registry|schemas/.test(metadata.name))).toEqual([]);
    expect(registryUrl(none)).toBeUndefined();
    expect(envOf(find(objects, 'Deployment', 'kafka-ui'))['KAFKA_CLUSTERS_0_SCHEMAREGISTRY']).toBeUndefined();
  });
});
