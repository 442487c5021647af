import { loadConfig } from '../../src/config/load';
import { SAMPLES, SAMPLE_NAMES } from '../../src/config/samples';
import { seconds } from '../../src/config/units';
import { CLIENT_LABEL, METRICS_LABEL } from '../../src/render/network-flows';
import { kindWith } from '../support/config';
import { container, find, podTemplate, renderObjects, type KubernetesObject } from '../support/manifests';

const objects = renderObjects(loadConfig('kind'));

const deployment = (name: string, among = objects): KubernetesObject => find(among, 'Deployment', `kafka-${name}`);

const variables = (name: string, among = objects): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries((container(deployment(name, among)).env ?? []).map((one) => [one.name, one.value]));

const renderedSamples = (samples: object): readonly string[] =>
  renderObjects(kindWith({ samples }))
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ metadata }) => metadata.name.replace(/^kafka-/, ''))
    .filter((name) => SAMPLE_NAMES.some((sample) => sample === name));

describe.each(SAMPLE_NAMES)('the sample %s', (name) => {
  const { metadata, spec } = podTemplate(deployment(name));

  it('is a client for the network, and serves metrics where Prometheus looks for those of clients', () => {
    expect(metadata.labels).toMatchObject({ ...CLIENT_LABEL, ...METRICS_LABEL });
    const { clientPort: port } = loadConfig('kind').monitoring;
    expect(container(deployment(name)).ports).toEqual([{ name: 'metrics', containerPort: port }]);
    expect(variables(name)['SERVICE_PORT']).toBe(String(port));
  });

  it('knows brokers and registry by the names that every client uses', () => {
    expect(variables(name)).toMatchObject({
      KAFKA_BOOTSTRAP_SERVERS: 'kafka-bootstrap.kafka.svc.cluster.local:9092',
      SCHEMA_REGISTRY_URL: 'http://kafka-registry.kafka.svc.cluster.local:8080/apis/ccompat/v7',
    });
  });

  it('is called as its pod is', () => {
    expect(container(deployment(name)).env).toContainEqual({
      name: 'INSTANCE',
      valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
    });
  });

  it('is ready when it says so, is given longer to start than it waits itself, and starts anew when it has ended badly', () => {
    const { startupProbe, readinessProbe, livenessProbe } = container(deployment(name));
    const get = (path: string) => ({ httpGet: { path, port: 'metrics' } });
    expect(startupProbe).toMatchObject(get('/readyz'));
    expect(readinessProbe).toMatchObject(get('/readyz'));
    expect(livenessProbe).toMatchObject(get('/healthz'));
    expect(startupProbe.periodSeconds * startupProbe.failureThreshold).toBeGreaterThan(90);
  });

  it('takes nothing away while a release replaces another', () => {
    expect(deployment(name).spec['strategy']).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
    });
  });

  it('is killed only after its own time to end', () => {
    expect(spec['terminationGracePeriodSeconds']).toBeGreaterThan(Number(variables(name)['SHUTDOWN_MS']) / 1_000);
  });

  it('has a rate when it writes on its own, else none', () => {
    const { kind } = Object.values(SAMPLES).find((one) => one.name === name) ?? {};
    expect([name, variables(name)['EVENTS_PER_SECOND'] !== undefined]).toEqual([name, kind === 'generator']);
  });
});

describe('samples', () => {
  it('take rate, time to end and number from the configuration', () => {
    const changed = renderObjects(
      kindWith({
        samples: { enabled: true, shutdownMs: seconds(7), orderService: { replicas: 2, eventsPerSecond: 500 } },
      }),
    );
    expect(variables('order-service', changed)).toMatchObject({ EVENTS_PER_SECOND: '500', SHUTDOWN_MS: '7000' });
    expect(podTemplate(deployment('order-service', changed)).spec['terminationGracePeriodSeconds']).toBe(12);
    expect(deployment('order-service', changed).spec['replicas']).toBe(2);
  });

  it('lose one replica at a time to drains where there are several', () => {
    const changed = renderObjects(kindWith({ samples: { enabled: true, email: { replicas: 3 } } }));
    const budgets = changed.filter(({ kind }) => kind === 'PodDisruptionBudget').map(({ metadata }) => metadata.name);
    expect(budgets).toEqual(['kafka-broker', 'kafka-email']);
  });

  it('are left out one by one, or altogether', () => {
    expect(renderedSamples({ enabled: true })).toEqual([...SAMPLE_NAMES]);
    expect(renderedSamples({ enabled: true, payment: { replicas: 0 } })).toEqual(
      SAMPLE_NAMES.filter((name) => name !== 'payment'),
    );
    expect(renderedSamples({ enabled: false })).toEqual([]);
  });
});
