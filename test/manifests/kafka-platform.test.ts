import { Chart, Testing } from 'cdk8s';
import { topics } from '../../examples/catalogue/topics';
import { schemas } from '../../examples/catalogue/schemas';
import { KafkaPlatform, type KafkaPlatformProps } from '../../src/platform/kafka-platform';
import { ConfigError } from '../../src/validation/problems';
import { seconds } from '../../src/validation/units';
import { validConfig, withPool } from '../../tools/support/config';
import { SAME_SECURITY } from '../support/construct-props';
import { NOT_RENDERED, made, testProps, type TestedProps } from '../support/construct';
import type { KubernetesObject } from '../../tools/support/manifests';

const reader = { image: 'registry.example/reader:1', reads: ['orders'], group: 'reader' };
const withTopics = { ...validConfig, topics: [...topics], trafficShare: 0.01 };
const chart = new Chart(Testing.app(), 'both', { namespace: 'shop', labels: { team: 'shop' } });
const first = new KafkaPlatform(chart, 'first', { ...withTopics, schemas: [schemas], applications: { reader } });
const second = new KafkaPlatform(chart, 'second', {
  ...validConfig,
  registry: { provider: 'none' },
  ui: { enabled: false },
});
const objects = Testing.synth(chart) as KubernetesObject[];
const named = ({ kind, metadata }: KubernetesObject): string => `${kind} ${metadata.name}`;

describe('two platforms in one chart', () => {
  it('share no object, and are in the namespace of the chart with its labels', () => {
    expect(new Set(objects.map(named)).size).toBe(objects.length);
    for (const { metadata } of objects) {
      expect(metadata).toMatchObject({ namespace: 'shop', labels: { team: 'shop' } });
      expect(metadata.name).toMatch(/^(first|second)-/);
    }
  });

  it('have addresses', () => {
    expect(first.bootstrapServers).toBe('first-bootstrap.shop.svc.cluster.local:9092');
    expect(first.registryUrl).toBe('http://first-registry.shop.svc.cluster.local:8080/apis/ccompat/v7');
    expect(second.registryUrl).toBeUndefined();
    expect(second.components.map(({ name }) => name)).toEqual([
      'broker',
      'lag-exporter',
      'prometheus',
      'client',
      'smoke-test',
    ]);
  });

  it('deploy configured applications, which use their own brokers', () => {
    const [deployment, ...others] = objects.filter((object) => object.metadata.name.endsWith('-reader'));
    expect(others).toEqual([]);
    expect(deployment).toMatchObject({ kind: 'Deployment', metadata: { name: 'first-reader' } });
    expect(JSON.stringify(deployment)).toContain('first-bootstrap.shop.svc.cluster.local:9092');
  });

  it('register given schemas', () => {
    const jobs = objects
      .filter(({ kind }) => kind === 'Job')
      .map(({ metadata }) => metadata.name.replace(/-[0-9a-f]+$/, ''));
    expect(jobs.sort()).toEqual(['first-schemas', 'first-topics', 'second-topics']);
  });
});

it('renders the namespace of its chart as an object without a namespace', () => {
  const shop = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
  new KafkaPlatform(shop, 'orders', { ...validConfig, renderNamespace: true });
  const [namespace] = (Testing.synth(shop) as KubernetesObject[]).filter(({ kind }) => kind === 'Namespace');
  expect(namespace?.metadata.name).toBe('shop');
  expect(namespace?.metadata).not.toHaveProperty('namespace');
});

it('refuses a broken configuration with all problems', () => {
  const make = () =>
    new KafkaPlatform(Testing.chart(), 'broken', { ...validConfig, topics: [{}] as never, trafficShare: 2 });
  expect(make).toThrow(ConfigError);
  expect(make).toThrow(/topics\.0[^]*trafficShare/);
});

const props: KafkaPlatformProps = { ...withTopics, name: 'orders', namespace: 'shop' };

const tested: TestedProps<KafkaPlatformProps> = {
  name: ['invoices', 'name: invoices-bootstrap'],
  namespace: ['elsewhere', 'namespace: elsewhere'],
  imagePullSecrets: [['registry-credentials'], 'name: registry-credentials'],
  imageRegistry: ['registry.example/mirror', 'image: registry.example/mirror/apache/kafka:'],
  renderNamespace: [true, 'kind: Namespace'],
  clusterDomain: ['cluster.other', 'orders-bootstrap.shop.svc.cluster.other'],
  brokers: [withPool(validConfig.brokers, { cpuMillicores: 777 }), 'cpu: 777m'],
  security: SAME_SECURITY,
  guard: [{ port: 9999 }, 'containerPort: 9999'],
  runtime: [{ image: 'runtime:2' }, 'image: runtime:2'],
  topics: [validConfig.topics.map((topic) => ({ ...topic, name: 'invoices' })), '"name": "invoices"'],
  // Users need encrypted listeners.
  users: [[], NOT_RENDERED],
  provisioning: [{ delete: ['unused'] }, '"unused"'],
  smoke: [{ schedule: '17 * * * *' }, 'schedule: 17 * * * *'],
  network: [{ dns: { ports: [5353] } }, 'port: 5353'],
  registry: [{ provider: 'confluent' }, 'image: confluentinc/cp-schema-registry'],
  ui: [{ readOnly: false }, 'name: KAFKA_CLUSTERS_0_READONLY\n              value: "false"'],
  monitoring: [{ scrapeIntervalMs: seconds(7) }, 'scrape_interval: 7s'],
  scheduling: [{ priorityClassName: 'high' }, 'priorityClassName: high'],
  trafficShare: [0.02, '"trafficShare": 0.02'],
  local: [{ basePort: 30_000 }, '"basePort": 30000'],
  applications: [{ reader }, 'name: orders-reader'],
  schemas: [[schemas], 'name: orders-schemas'],
};

describe('alone in a chart', () => {
  testProps(KafkaPlatform, props, tested);

  it('is named after its id, and is in the namespace kafka by default', () => {
    const { construct } = made(KafkaPlatform, validConfig);
    expect(construct.bootstrapServers).toBe('alone-bootstrap.kafka.svc.cluster.local:9092');
  });
});
