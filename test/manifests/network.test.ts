import { KUBERNETES_ENVIRONMENTS } from '../../src/config/environments';
import { loadConfig } from '../../src/config/load';
import { flowsOf, partyLabels, partyPorts, type Party } from '../../src/render/network-flows';
import { kindWith } from '../support/config';
import { find, renderObjects } from '../support/manifests';

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
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy').map(({ spec }) => spec as unknown as Policy);
  const parties = [...partyPorts(config).keys()];
  const labelsOf = (party: Party | 'stranger'): Labels => (party === 'stranger' ? {} : partyLabels(config, party));

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

  const isAllowed = (from: Party | 'stranger', to: Party, port: string): boolean =>
    flowsOf(config).some((flow) => flow.from === from && flow.to === to && flow.port === port);

  describe.each(parties)('to the %s', (to) => {
    const ports = Object.entries(partyPorts(config).get(to) ?? {});
    it.each([...parties, 'stranger'] as const)('let a %s through to exactly the ports of the table', (from) => {
      for (const [port, number] of ports) {
        expect([port, connects(labelsOf(from), labelsOf(to), number)]).toEqual([port, isAllowed(from, to, port)]);
      }
    });
  });

  it('let clients to the client port of brokers only, strangers nowhere, brokers not to the client port of their peers', () => {
    const toBroker = (from: Party | 'stranger') =>
      Object.keys(partyPorts(config).get('broker') ?? {}).filter((port) => isAllowed(from, 'broker', port));
    expect(toBroker('client')).toEqual(['client']);
    expect(toBroker('stranger')).toEqual([]);
    expect(toBroker('broker')).toEqual(['controller', 'replication', 'guard']);
  });
});

describe('when an operator’s Prometheus scrapes', () => {
  const config = kindWith({ monitoring: { mode: 'operator', operator: { namespace: 'observability' } } });
  const policies = renderObjects(config).filter(({ kind }) => kind === 'NetworkPolicy');

  it.each(['broker', 'registry', 'ui', 'lag-exporter', 'client'])('lets it to the metrics of the %s, from its namespace alone', (party) => {
    const { ingress = [] } = find(policies, 'NetworkPolicy', `kafka-${party}`).spec as unknown as Policy;
    const rules = ingress.filter(({ from = [] }) => from.some(({ namespaceSelector }) => namespaceSelector !== undefined));
    expect(rules.map(({ from }) => from)).toEqual([
      [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'observability' } },
          podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
        },
      ],
    ]);
    expect(rules[0]?.ports).toHaveLength(1);
  });

  it('has no policy for pods that are not ours', () => {
    expect(policies.map(({ metadata }) => metadata.name)).not.toContain('kafka-prometheus');
  });
});
