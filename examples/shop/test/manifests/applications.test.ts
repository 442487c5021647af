import { environments } from '../../../../platform/environments';
import { loadConfig } from '../../../../tools/support/environments';
import { applications } from '../../applications';
import { VARIABLES } from '../../src/process/variables';
import { APPLICATION_VARIABLES } from '../../../../src/components/application/applications';
import { SECURITY_VARIABLES } from '../../../../src/client/security-variables';
import { mebibytes, seconds } from '../../../../src/validation/units';
import { CLIENT_LABEL, METRICS_LABEL } from '../../../../src/kubernetes/labels';
import { kindWith, problemsOf } from '../../../../tools/support/config';
import {
  container,
  find,
  podTemplate,
  renderObjects,
  type KubernetesObject,
} from '../../../../tools/support/manifests';

const objects = renderObjects(loadConfig('kind'));

const deployment = (name: string, among = objects): KubernetesObject => find(among, 'Deployment', `kafka-${name}`);

const variables = (name: string, among = objects): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries((container(deployment(name, among)).env ?? []).map((one) => [one.name, one.value]));

const NAMES = Object.keys(applications) as (keyof typeof applications)[];

const rendered = (some: object): readonly string[] =>
  renderObjects(kindWith({ applications: some }))
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ metadata }) => metadata.name.replace(/^kafka-/, ''))
    .filter((name) => NAMES.some((application) => application === name));

const { email, payment } = applications;

describe.each(NAMES)('the application %s', (name) => {
  const { metadata, spec } = podTemplate(deployment(name));

  it('is a client for the network, and serves metrics on the port of clients', () => {
    expect(metadata.labels).toMatchObject({ ...CLIENT_LABEL, ...METRICS_LABEL });
    const { clientPort: port } = loadConfig('kind').monitoring;
    expect(container(deployment(name)).ports).toEqual([{ name: 'metrics', containerPort: port }]);
    expect(variables(name)['SERVICE_PORT']).toBe(String(port));
  });

  it('has the same addresses of brokers and registry as every client', () => {
    expect(variables(name)).toMatchObject({
      KAFKA_BOOTSTRAP_SERVERS: 'kafka-bootstrap.kafka.svc.cluster.local:9092',
      SCHEMA_REGISTRY_URL: 'http://kafka-registry.kafka.svc.cluster.local:8080/apis/ccompat/v7',
    });
  });

  it('has the name of its pod', () => {
    expect(container(deployment(name)).env).toContainEqual({
      name: 'INSTANCE',
      valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
    });
  });

  it('is ready when it reports it, has more time to start than it waits itself, and is restarted after a failure', () => {
    const { startupProbe, readinessProbe, livenessProbe } = container(deployment(name));
    const get = (path: string) => ({ httpGet: { path, port: 'metrics' } });
    expect(startupProbe).toMatchObject(get('/readyz'));
    expect(readinessProbe).toMatchObject(get('/readyz'));
    expect(livenessProbe).toMatchObject(get('/healthz'));
    expect(startupProbe.periodSeconds * startupProbe.failureThreshold).toBeGreaterThan(90);
  });

  it('keeps all replicas during an update', () => {
    expect(deployment(name).spec['strategy']).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
    });
  });

  it('is killed only after its own shutdown time', () => {
    expect(spec['terminationGracePeriodSeconds']).toBeGreaterThan(Number(variables(name)['SHUTDOWN_MS']) / 1_000);
  });

  it('has a rate only if it writes on its own', () => {
    const { EVENTS_PER_SECOND: rate } = variables(name);
    expect(rate !== undefined).toBe(!('group' in applications[name]));
  });
});

describe('applications', () => {
  it('take image, command, variables, shutdown time, memory and number from the configuration', () => {
    const own = {
      ...payment,
      image: 'registry.example/payment:7',
      command: ['/bin/pay', '--now'],
      environment: { MODE: 'quick' },
      shutdownMs: seconds(7),
      memory: mebibytes(64),
      replicas: 2,
    };
    const changed = renderObjects(kindWith({ applications: { payment: own } }));
    expect(container(deployment('payment', changed))).toMatchObject({
      image: 'registry.example/payment:7',
      command: ['/bin/pay', '--now'],
      resources: { limits: { memory: '64Mi' } },
    });
    expect(variables('payment', changed)).toMatchObject({ MODE: 'quick', SHUTDOWN_MS: '7000' });
    expect(podTemplate(deployment('payment', changed)).spec['terminationGracePeriodSeconds']).toBe(12);
    expect(deployment('payment', changed).spec['replicas']).toBe(2);
  });

  it('use the command of the image if none is set', () => {
    const changed = renderObjects(kindWith({ applications: { payment: { ...payment, command: undefined } } }));
    expect(container(deployment('payment', changed))).not.toHaveProperty('command');
  });

  it('run without a registry if they need none, and are scraped only if they serve metrics', () => {
    const own = { ...payment, registry: false, metrics: false };
    const changed = renderObjects(kindWith({ registry: { provider: 'none' }, applications: { payment: own } }));
    expect(variables('payment', changed)).not.toHaveProperty('SCHEMA_REGISTRY_URL');
    const { labels } = podTemplate(deployment('payment', changed)).metadata;
    expect(labels).toMatchObject(CLIENT_LABEL);
    expect(labels).not.toHaveProperty(Object.keys(METRICS_LABEL)[0] ?? '');
  });

  it('lose one replica at a time to drains if there are several', () => {
    const changed = renderObjects(kindWith({ applications: { email: { ...email, replicas: 3 } } }));
    const budgets = changed.filter(({ kind }) => kind === 'PodDisruptionBudget').map(({ metadata }) => metadata.name);
    expect(budgets).toEqual(['kafka-broker', 'kafka-controller', 'kafka-email']);
  });

  it('can be left out individually, or completely', () => {
    expect(rendered(applications)).toEqual([...NAMES]);
    expect(rendered({ ...applications, payment: { ...payment, replicas: 0 } })).toEqual(
      NAMES.filter((name) => name !== 'payment'),
    );
    expect(rendered({})).toEqual([]);
  });

  it('are refused with the name of a rendered component', () => {
    const components = objects.map(({ metadata }) => metadata.labels['app.kubernetes.io/component'] ?? 'broker');
    const others = [...new Set(components)].filter((name) => !NAMES.some((application) => application === name));
    expect(others.length).toBeGreaterThan(8);
    const accepted = others.filter(
      (name) => problemsOf({ ...environments.kind, applications: { [name]: email } }).length === 0,
    );
    expect(accepted).toEqual([]);
  });

  it('get the variables that the programs of the shop read', () => {
    const read = [...Object.values(VARIABLES).map(({ name }) => name), ...Object.values(SECURITY_VARIABLES)];
    expect(read).toEqual(expect.arrayContaining(Object.values(APPLICATION_VARIABLES)));
  });
});
