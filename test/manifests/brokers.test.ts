import { selectorLabels } from '../../src/kubernetes/labels';
import { BROKER_IDENTITY, ROLE_LABELS } from '../../src/components/kafka-cluster/labels';
import type { NodePool } from '../../src/components/kafka-cluster/node-pool-props';
import { environments } from '../../platform/environments';
import { kindWith, withPool } from '../../tools/support/config';
import { KUBERNETES_ENVIRONMENTS, loadConfig } from '../../tools/support/environments';
import type { GuardFile } from '../../src/components/kafka-cluster/guard/settings';
import { brokerNames } from '../../src/components/kafka-cluster/names';
import { container, find, podTemplate, renderObjects } from '../../tools/support/manifests';
import { renderedNodes } from '../support/rendered-nodes';

interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: string;
}

/** How brokers and controllers differ, and what is around both; what each of them is by itself is in nodes.test.ts. */
describe.each(KUBERNETES_ENVIRONMENTS)('the brokers and controllers of %s', (environment) => {
  const config = loadConfig(environment);
  const names = brokerNames(config);
  const objects = renderObjects(config);
  const setOf = (name: string) => find(objects, 'StatefulSet', names.statefulSet({ name }));
  const [brokers, controllers] = [setOf('broker'), setOf('controller')];
  const headless = find(objects, 'Service', names.headlessService).spec;
  const bootstrap = find(objects, 'Service', names.bootstrapService).spec;
  const portsOf = (service: Readonly<Record<string, unknown>>) => service['ports'] as readonly ServicePort[];
  const ofCluster = selectorLabels(config, BROKER_IDENTITY);
  const ofBrokers = { ...ofCluster, 'kafka-platform/broker-role': 'true' };
  const ofControllers = { ...ofCluster, 'kafka-platform/controller-role': 'true' };

  it('find each other before they are ready, on all three ports', () => {
    expect(headless).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    expect(portsOf(headless).map(({ name }) => name)).toEqual(['client', 'controller', 'replication']);
    for (const { spec } of [brokers, controllers]) expect(spec['serviceName']).toBe(names.headlessService);
  });

  it('get client connections only when they are ready brokers, and only on the client port', () => {
    expect(bootstrap['publishNotReadyAddresses']).toBeUndefined();
    expect(bootstrap['clusterIP']).toBeUndefined();
    expect(portsOf(bootstrap).map(({ name }) => name)).toEqual(['client']);
  });

  it('are behind Services whose ports are those of the containers', () => {
    const targets = (service: Readonly<Record<string, unknown>>) =>
      portsOf(service).map(({ targetPort, port }) => ({ name: targetPort, containerPort: port }));
    const opened = [brokers, controllers].map((set) => container(set).ports.filter(({ name }) => name !== 'metrics'));
    const byName = (a: { readonly name: string }, b: { readonly name: string }) => a.name.localeCompare(b.name);
    expect(targets(headless).sort(byName)).toEqual(opened.flat().sort(byName));
    expect(opened[0]).toEqual(expect.arrayContaining(targets(bootstrap)));
    expect([headless['selector'], bootstrap['selector']]).toEqual([ofCluster, ofBrokers]);
  });

  it('are evicted one at a time of each role, and unready ones only while all others of it are ready', () => {
    const budget = (name: string) => find(objects, 'PodDisruptionBudget', name).spec;
    const oneAtATime = { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'IfHealthyBudget' };
    expect(budget(names.disruptionBudget)).toEqual({ ...oneAtATime, selector: { matchLabels: ofBrokers } });
    expect(budget(names.controllerDisruptionBudget)).toEqual({
      ...oneAtATime,
      selector: {
        matchLabels: ofControllers,
        matchExpressions: [{ key: ROLE_LABELS.broker, operator: 'DoesNotExist' }],
      },
    });
  });

  it.each([
    ['brokers', brokers, ofBrokers],
    ['controllers', controllers, ofControllers],
  ])(
    'never share a node with others of their role, and spread over zones where nodes have zones: %s',
    (_role, set, matchLabels) => {
      const labelSelector = { matchLabels };
      const pod = podTemplate(set).spec;
      expect(pod['affinity']).toEqual({
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', labelSelector }],
        },
      });
      expect(pod['topologySpreadConstraints']).toEqual([
        { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway', labelSelector },
      ]);
    },
  );

  it('are in Services, budgets and sets by labels that their pods have', () => {
    expect(podTemplate(brokers).metadata.labels).toMatchObject(ofBrokers);
    expect(podTemplate(controllers).metadata.labels).toMatchObject(ofControllers);
    expect(podTemplate(brokers).metadata.labels).not.toHaveProperty([ROLE_LABELS.controller]);
    expect(podTemplate(controllers).metadata.labels).not.toHaveProperty([ROLE_LABELS.broker]);
  });
});

describe('the ids of nodes are those of their pool, and the ordinals of their pods', () => {
  const moved = withPool(environments.kind.brokers, { name: 'data', firstId: 200 }, 'broker');
  const config = kindWith({ brokers: withPool(moved, { name: 'quorum', firstId: 300 }, 'controller') });
  const objects = renderObjects(config);

  it.each([
    ['data', [200, 201, 202]],
    ['quorum', [300, 301, 302]],
  ])('in the pool %s', (name, ids) => {
    const pool = config.brokers.nodePools.find((one) => one.name === name) as NodePool;
    const { set, files, nodes } = renderedNodes(config, objects, pool);
    expect(set.metadata.name).toBe(`kafka-${name}`);
    expect(set.spec).toMatchObject({ replicas: 3, ordinals: { start: ids[0] } });
    expect(nodes.map(({ properties }) => properties['node.id'])).toEqual(ids.map(String));
    for (const { properties } of nodes)
      expect(properties['controller.quorum.bootstrap.servers']).toMatch(/^kafka-quorum-300\./);
    const { controllers } = JSON.parse(files['guard.json'] ?? '') as GuardFile;
    expect(controllers.map(({ id }) => id)).toEqual([300, 301, 302]);
  });
});
