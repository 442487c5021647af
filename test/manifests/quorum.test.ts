import { listenerPorts } from '../../src/components/kafka-cluster/listener-props';
import { isBroker, isVoter } from '../../src/components/kafka-cluster/nodes';
import { KUBERNETES_ENVIRONMENTS, loadConfig } from '../../tools/support/environments';
import { podTemplate, renderObjects } from '../../tools/support/manifests';
import { renderedNodes } from '../support/rendered-nodes';

describe.each(KUBERNETES_ENVIRONMENTS)('the nodes of the quorum of %s', (environment) => {
  const config = loadConfig(environment);
  const objects = renderObjects(config);
  const pools = config.brokers.nodePools.map((pool) => renderedNodes(config, objects, pool));
  const ports = listenerPorts(config.brokers.listeners);
  const nodes = pools.flatMap((pool) => pool.nodes);
  const [voters, brokers] = [nodes.filter(isVoter), nodes.filter(isBroker)];

  it('are controllers alone, and as many as survive the loss of one', () => {
    expect(voters.map(({ id, properties }) => [id, properties['process.roles']])).toEqual([
      [100, 'controller'],
      [101, 'controller'],
      [102, 'controller'],
    ]);
    expect(brokers.map(({ id, properties }) => [id, properties['process.roles']])).toEqual([
      [0, 'broker'],
      [1, 'broker'],
      [2, 'broker'],
    ]);
  });

  it('have their ordinal as node id, as brokers have, and are asked by all nodes at their controller listeners', () => {
    const servers = voters.map(({ host }) => `${host}:${ports.controller}`).join();
    for (const { id, pod, properties } of nodes) {
      expect(pod).toMatch(new RegExp(`-${id}$`));
      expect(properties).toMatchObject({ 'node.id': String(id), 'controller.quorum.bootstrap.servers': servers });
    }
  });

  it('keep their voters in the metadata log alone', () => {
    for (const { properties } of nodes) expect(properties).not.toHaveProperty(['controller.quorum.voters']);
  });

  it('join it by themselves, which brokers do not', () => {
    const joins = 'controller.quorum.auto.join.enable';
    expect(voters.map(({ properties }) => properties[joins])).toEqual(voters.map(() => 'true'));
    expect(brokers.map(({ properties }) => properties[joins])).toEqual(brokers.map(() => undefined));
  });

  it('advertise a name of their own for their listener, as brokers do for theirs', () => {
    const advertised = 'advertised.listeners';
    for (const { host, properties } of voters)
      expect(properties[advertised]).toBe(`CONTROLLER://${host}:${ports.controller}`);
    for (const { host, properties } of brokers)
      expect(properties[advertised]).toBe(
        `CLIENT://${host}:${ports.client},REPLICATION://${host}:${ports.replication}`,
      );
  });

  it('let their guards read their volumes, and not write them, as those of brokers do', () => {
    for (const { set } of pools) {
      const guard = podTemplate(set).spec.initContainers?.find(({ name }) => name === 'guard');
      expect(guard?.volumeMounts).toContainEqual({ name: 'data', mountPath: '/var/lib/kafka/data', readOnly: true });
    }
  });
});
