import { firstPool } from '../../tools/support/first-pool';
import { environments } from '../../platform/environments';
import { gibibytes } from '../../src/validation/units';
import { kindWith } from '../../tools/support/config';
import { container, find, mountedConfigMap, podTemplate, renderObjects } from '../../tools/support/manifests';
import { liveSettings } from '../../src/components/kafka-cluster/guard/live-settings';
import type { GuardFile, GuardedNode } from '../../src/components/kafka-cluster/guard/settings';

const pool = firstPool(environments.kind.brokers);
const nodePools = [
  { ...pool, name: 'controller', roles: ['controller' as const], firstId: 100 },
  { ...pool, roles: ['broker' as const] },
  { ...pool, name: 'large', roles: ['broker' as const], firstId: 10, replicas: 2 },
];

describe('pools of controllers and of brokers', () => {
  const config = kindWith({ brokers: { ...environments.kind.brokers, nodePools } });
  const objects = renderObjects(config);
  const setOf = (name: string) => find(objects, 'StatefulSet', `kafka-${name}`);
  const sets = ['controller', 'broker', 'large'].map(setOf);
  const filesOf = (name: string) => mountedConfigMap(objects, setOf(name), 'config').data ?? {};
  const property = (file: string | undefined, name: string): string | undefined =>
    new RegExp(`^${name.replaceAll('.', '\\.')}=(.*)$`, 'm').exec(file ?? '')?.[1];

  const controller = filesOf('controller')['pool.properties'];
  const broker = filesOf('large')['pool.properties'];

  it('have one StatefulSet each, whose ordinals are the ids of its nodes', () => {
    expect(setOf('controller').spec).toMatchObject({ replicas: 3, ordinals: { start: 100 } });
    expect(setOf('broker').spec).toMatchObject({ replicas: 3 });
    expect(setOf('large').spec).toMatchObject({ replicas: 2, ordinals: { start: 10 } });
  });

  it('have the roles of their pool', () => {
    expect(property(controller, 'process.roles')).toBe('controller');
    expect(property(broker, 'process.roles')).toBe('broker');
  });

  it('listen to those that connect to their roles', () => {
    expect(property(controller, 'listeners')).toBe('CONTROLLER://:9093');
    expect(property(filesOf('controller')['start-controller.sh'], 'advertised.listeners')).toMatch(
      /^CONTROLLER:\/\/\$\{HOSTNAME\}\.[^,]*:9093$/,
    );
    expect(property(broker, 'listeners')).toBe('CLIENT://:9092,REPLICATION://:9094');
    const ports = (name: string) => container(setOf(name)).ports.map((port) => port.name);
    expect(ports('controller')).toEqual(['controller', 'metrics']);
    expect(ports('large')).toEqual(['client', 'replication', 'metrics']);
  });

  it('find the quorum at its controllers, which alone join it by themselves', () => {
    const servers = property(controller, 'controller.quorum.bootstrap.servers');
    expect(servers?.split(',').map((server) => server.replace(/\..*/, ''))).toEqual([
      'kafka-controller-100',
      'kafka-controller-101',
      'kafka-controller-102',
    ]);
    expect(property(broker, 'controller.quorum.bootstrap.servers')).toBe(servers);
    expect(property(controller, 'controller.quorum.auto.join.enable')).toBe('true');
    expect(property(broker, 'controller.quorum.auto.join.enable')).toBeUndefined();
  });

  it('have what the active controller reads from its own file for topics that are created', () => {
    for (const name of ['min.insync.replicas', 'default.replication.factor', 'num.partitions'])
      expect([name, property(controller, name)]).toEqual([name, property(broker, name)]);
  });

  it('are selected apart from each other', () => {
    const labels = sets.map((set) => podTemplate(set).metadata.labels);
    const matching = (selector: Readonly<Record<string, string>>) =>
      labels.filter((one) => Object.entries(selector).every(([name, value]) => one[name] === value)).length;
    for (const { spec } of sets)
      expect(matching((spec['selector'] as { matchLabels: Record<string, string> }).matchLabels)).toBe(1);
    const { spec } = find(objects, 'Service', 'kafka-bootstrap');
    expect(matching(spec['selector'] as Record<string, string>)).toBe(2);
  });

  it('keep away from nodes with others of their role', () => {
    const roleApart = (name: string): unknown =>
      JSON.stringify(podTemplate(setOf(name)).spec['affinity']).match(/kafka-platform\/\w+-role/g);
    expect(roleApart('controller')).toEqual(['kafka-platform/controller-role']);
    expect(roleApart('large')).toEqual(['kafka-platform/broker-role']);
  });

  it('have one disruption budget for all brokers, and one for the controllers', () => {
    const selector = (name: string) => find(objects, 'PodDisruptionBudget', name).spec['selector'];
    expect(selector('kafka-broker')).toEqual({
      matchLabels: expect.objectContaining({ 'kafka-platform/broker-role': 'true' }) as unknown,
    });
    expect(selector('kafka-controller')).toEqual({
      matchLabels: expect.objectContaining({ 'kafka-platform/controller-role': 'true' }) as unknown,
      matchExpressions: [{ key: 'kafka-platform/broker-role', operator: 'DoesNotExist' }],
    });
  });

  it('have guards that know the roles of all nodes', () => {
    const file = JSON.parse(filesOf('large')['guard.json'] ?? '') as GuardFile;
    const live = find(objects, 'ConfigMap', 'kafka-broker-live').data?.['brokers.json'] ?? '';
    const { nodes } = liveSettings(file, () => JSON.parse(live) as readonly GuardedNode[]);
    expect(nodes.map(({ id, isBroker, isController }) => [id, isBroker, isController])).toEqual([
      ...[100, 101, 102].map((id) => [id, false, true]),
      ...[0, 1, 2, 10, 11].map((id) => [id, true, false]),
    ]);
  });

  it('need memory for fetching replicas only where there are replicas', () => {
    const direct = (name: string) =>
      Number(/MaxDirectMemorySize=(\d+)m/.exec(filesOf(name)[`start-${name}.sh`] ?? '')?.[1]);
    expect(direct('large') - direct('controller')).toBe(config.brokers.replicaFetchers * 7 * 10);
  });
});

it('a pool that grows, and another one, change no pod of the others', () => {
  const templates = (pools: typeof nodePools) =>
    renderObjects(kindWith({ brokers: { ...environments.kind.brokers, nodePools: pools } }))
      .filter(({ kind, metadata }) => kind === 'StatefulSet' && metadata.name !== 'kafka-prometheus')
      .map((set) => [set.metadata.name, podTemplate(set)] as const);
  const [controllers, brokers, large] = nodePools as [
    (typeof nodePools)[0],
    (typeof nodePools)[0],
    (typeof nodePools)[0],
  ];
  const before = templates([controllers, brokers]);
  const after = new Map<string, unknown>(templates([controllers, { ...brokers, replicas: 5 }, large]));
  expect(before.map(([name]) => name)).toEqual(['kafka-controller', 'kafka-broker']);
  for (const [name, template] of before) expect([name, after.get(name)]).toEqual([name, template]);
});

it('a node that is broker and controller is in one disruption budget, as the API server evicts no pod that is in two', () => {
  const ofBoth = { ...pool, roles: ['controller' as const, 'broker' as const] };
  const objects = renderObjects(kindWith({ brokers: { ...environments.kind.brokers, nodePools: [ofBoth] } }));
  const ofCluster = objects.filter(
    ({ kind, metadata }) => kind === 'PodDisruptionBudget' && /^kafka-(broker|controller)$/.test(metadata.name),
  );
  expect(ofCluster.map(({ metadata }) => metadata.name)).toEqual(['kafka-broker']);
});

describe('a pool with a volume for the metadata log', () => {
  const ofBoth = { ...pool, roles: ['controller' as const, 'broker' as const] };
  const render = (change: object) => {
    const config = kindWith({ brokers: { ...environments.kind.brokers, nodePools: [{ ...ofBoth, ...change }] } });
    const objects = renderObjects(config);
    const set = find(objects, 'StatefulSet', 'kafka-broker');
    return { set, files: mountedConfigMap(objects, set, 'config').data ?? {} };
  };
  const { set, files } = render({ metadataStorage: { size: gibibytes(2), storageClass: 'fast' } });
  const before = render({});
  const templates = set.spec['volumeClaimTemplates'] as readonly {
    readonly metadata: object;
    readonly spec: { readonly resources: object };
  }[];

  it('has a second claim for each node, which is labelled and annotated like the one for the data', () => {
    const [data, metadata, ...more] = templates;
    expect(more).toEqual([]);
    expect([data]).toEqual(before.set.spec['volumeClaimTemplates']);
    expect(metadata?.metadata).toEqual({ ...data?.metadata, name: 'metadata' });
    expect(metadata?.spec).toEqual({
      ...data?.spec,
      storageClassName: 'fast',
      resources: { requests: { storage: '2Gi' } },
    });
  });

  it('mounts it beside the data, for the guard to read only', () => {
    const mount = { name: 'metadata', mountPath: '/var/lib/kafka/metadata' };
    expect(container(set).volumeMounts).toContainEqual(mount);
    const guard = podTemplate(set).spec.initContainers?.find(({ name }) => name === 'guard');
    expect(guard?.volumeMounts).toContainEqual({ ...mount, readOnly: true });
  });

  it('keeps the metadata log in a subdirectory of it, and the logs where they were', () => {
    const properties = files['pool.properties'];
    expect(properties).toContain('\nlog.dirs=/var/lib/kafka/data/log\nmetadata.log.dir=/var/lib/kafka/metadata/log\n');
    expect(properties?.replace(/metadata\.log\.dir=.*\n/, '')).toBe(before.files['pool.properties']);
    const { own, controllers } = JSON.parse(files['guard.json'] ?? '') as GuardFile;
    for (const one of [own, ...controllers]) expect(one.metadataLogDirectory).toBe('/var/lib/kafka/metadata/log');
    expect(before.files['guard.json']).not.toContain('metadataLogDirectory');
  });
});
