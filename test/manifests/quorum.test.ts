import { listenerPorts } from '../../src/components/kafka-cluster/listener-props';
import { brokerNames } from '../../src/components/kafka-cluster/names';
import { nodesOf } from '../../src/components/kafka-cluster/nodes';
import { KUBERNETES_ENVIRONMENTS, loadConfig } from '../../tools/support/environments';
import { firstPool } from '../../tools/support/first-pool';
import { find, mountedConfigMap, podTemplate, renderObjects } from '../../tools/support/manifests';

describe.each(KUBERNETES_ENVIRONMENTS)('the nodes of the quorum of %s', (environment) => {
  const config = loadConfig(environment);
  const names = brokerNames(config);
  const objects = renderObjects(config);
  const set = find(objects, 'StatefulSet', names.statefulSet(firstPool(config.brokers)));
  const files = mountedConfigMap(objects, set, 'config').data ?? {};
  const ports = listenerPorts(config.brokers.listeners);
  const nodes = nodesOf(config.brokers).map((node) => ({
    id: node.id,
    host: names.podHost(node),
    properties: propertiesIn(files[`${names.pod(node)}.properties`] ?? ''),
  }));

  it('have their ordinal as node id, and ask the controller listeners of all nodes', () => {
    const servers = nodes.map(({ host }) => `${host}:${ports.controller}`).join();
    for (const { id, properties } of nodes) {
      expect(properties).toMatchObject({ 'node.id': String(id), 'controller.quorum.bootstrap.servers': servers });
    }
  });

  it('keep their voters in the metadata log alone, and join it by themselves', () => {
    for (const { properties } of nodes) {
      expect(properties).not.toHaveProperty(['controller.quorum.voters']);
      expect(properties['controller.quorum.auto.join.enable']).toBe('true');
    }
  });

  it('advertise a name of their own for every listener', () => {
    for (const { host, properties } of nodes) {
      expect(properties['advertised.listeners']).toBe(
        `CLIENT://${host}:${ports.client},CONTROLLER://${host}:${ports.controller},REPLICATION://${host}:${ports.replication}`,
      );
    }
  });

  it('let their guards read their volumes, and not write them', () => {
    const guard = podTemplate(set).spec.initContainers?.find(({ name }) => name === 'guard');
    expect(guard?.volumeMounts).toContainEqual({ name: 'data', mountPath: '/var/lib/kafka/data', readOnly: true });
  });
});

function propertiesIn(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n').filter((line) => /^[a-z]/.test(line));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}
