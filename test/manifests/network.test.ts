import { KUBERNETES_ENVIRONMENTS } from '../../src/config/environments';
import { loadConfig } from '../../src/config/load';
import { CLIENT_LABEL, brokerPorts, isAllowed, type BrokerPort } from '../../src/render/network-flows';
import { brokerNames } from '../../src/render/names';
import { find, podTemplate, renderObjects } from '../support/manifests';

type Labels = Readonly<Record<string, string>>;
interface Peer {
  readonly podSelector?: { readonly matchLabels?: Labels };
  readonly namespaceSelector?: unknown;
}
interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports: readonly { readonly port: number }[];
}
interface Policy {
  readonly podSelector: { readonly matchLabels?: Labels };
  readonly policyTypes: readonly ('Ingress' | 'Egress')[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

const matches = (selector: { readonly matchLabels?: Labels } | undefined, labels: Labels): boolean =>
  Object.entries(selector?.matchLabels ?? {}).every(([name, value]) => labels[name] === value);

/** Whether rules let a peer of the same namespace through on a port, as Kubernetes reads them. */
const passes = (rules: readonly Rule[], peer: Labels, port: number): boolean =>
  rules.some(
    ({ from, to, ports }) =>
      ports.some((one) => one.port === port) &&
      (from ?? to ?? []).some((one) => one.namespaceSelector === undefined && matches(one.podSelector, peer)),
  );

describe.each(KUBERNETES_ENVIRONMENTS)('the network policies of %s', (environment) => {
  const config = loadConfig(environment);
  const objects = renderObjects(config);
  const broker = podTemplate(find(objects, 'StatefulSet', brokerNames(config).statefulSet)).metadata.labels;
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy').map(({ spec }) => spec as unknown as Policy);
  const labels = { broker, client: CLIENT_LABEL as Labels, stranger: {} };

  const connects = (from: Labels, to: Labels, port: number): boolean => {
    const leaves = policies.filter((one) => one.policyTypes.includes('Egress') && matches(one.podSelector, from));
    const enters = policies.filter((one) => one.policyTypes.includes('Ingress') && matches(one.podSelector, to));
    return (
      passes(leaves.flatMap(({ egress }) => egress ?? []), to, port) &&
      passes(enters.flatMap(({ ingress }) => ingress ?? []), from, port)
    );
  };

  it('deny everything that is not allowed', () => {
    expect(find(objects, 'NetworkPolicy', `${config.name}-default-deny`).spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  it('let every pod ask for names', () => {
    const { egress, podSelector } = find(objects, 'NetworkPolicy', `${config.name}-dns`).spec as unknown as Policy;
    expect(podSelector).toEqual({});
    expect(egress?.flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual([53, 53]);
  });

  const ports = Object.entries(brokerPorts(config)) as [BrokerPort, number][];

  describe.each(['broker', 'client', 'stranger'] as const)('from a %s', (from) => {
    it.each(ports)('let through to the %s port exactly what the flows say', (port, number) => {
      expect(connects(labels[from], broker, number)).toBe(isAllowed(from, port));
    });
  });

  it('let clients to the client port only, strangers nowhere, and brokers not to the client port of their peers', () => {
    const allowed = (from: 'broker' | 'client' | 'stranger') =>
      ports.map(([port]) => port).filter((port) => isAllowed(from, port));
    expect(allowed('client')).toEqual(['client']);
    expect(allowed('stranger')).toEqual([]);
    expect(allowed('broker')).toEqual(['controller', 'replication', 'guard']);
  });
});
