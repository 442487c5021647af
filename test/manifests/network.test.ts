import { KUBERNETES_ENVIRONMENTS, loadConfig } from '../../tools/support/environments';
import type { Component } from '../../src/components/component';
import { componentsOf } from '../../src/platform/components';
import { kindWith } from '../../tools/support/config';
import { find, renderObjects } from '../../tools/support/manifests';

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

/** Whether rules allow a peer of the same namespace on a port, as Kubernetes evaluates them. */
const passes = (rules: readonly Rule[], peer: Labels, port: number): boolean =>
  rules.some(
    ({ from, to, ports }) =>
      ports.some((one) => one.port === port) &&
      (from ?? to ?? []).some((one) => one.namespaceSelector === undefined && matches(one.podSelector, peer)),
  );

/** The only allowed clients, by the receiver's port. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'broker client': ['client', 'lag-exporter', 'registry', 'ui'],
  'broker controller': ['broker'],
  'broker replication': ['broker'],
  'broker guard': ['broker', 'prometheus'],
  'broker metrics': ['prometheus', 'ui'],
  'registry api': ['client', 'registry', 'ui'],
  'registry metrics': ['prometheus'],
  'ui http': ['prometheus', 'smoke-test'],
  'lag-exporter metrics': ['prometheus'],
  'prometheus http': ['smoke-test'],
  'client metrics': ['prometheus'],
};

const STRANGER: Pick<Component, 'name' | 'podLabels' | 'ports'> = { name: 'stranger', podLabels: {}, ports: {} };

describe.each(KUBERNETES_ENVIRONMENTS)('the network policies of %s', (environment) => {
  const config = loadConfig(environment);
  const objects = renderObjects(config);
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy').map(({ spec }) => spec as unknown as Policy);
  const components = componentsOf(config);

  const connects = (from: Labels, to: Labels, port: number): boolean => {
    const leaves = policies.filter((one) => one.policyTypes.includes('Egress') && matches(one.podSelector, from));
    const enters = policies.filter((one) => one.policyTypes.includes('Ingress') && matches(one.podSelector, to));
    return (
      passes(
        leaves.flatMap(({ egress }) => egress ?? []),
        to,
        port,
      ) &&
      passes(
        enters.flatMap(({ ingress }) => ingress ?? []),
        from,
        port,
      )
    );
  };

  it('deny everything that is not allowed', () => {
    expect(find(objects, 'NetworkPolicy', `${config.name}-default-deny`).spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  it('allow DNS for every pod', () => {
    const { egress, podSelector } = find(objects, 'NetworkPolicy', `${config.name}-dns`).spec as unknown as Policy;
    expect(podSelector).toEqual({});
    expect(egress?.flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual([53, 53]);
  });

  it('allow DNS to the configured servers', () => {
    const dns = {
      namespace: 'openshift-dns',
      labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' },
      ports: [5353],
      cidrs: ['169.254.20.10/32', 'fd00::a/128'],
    };
    const policy = find(renderObjects(kindWith({ network: { dns } })), 'NetworkPolicy', `${config.name}-dns`).spec;
    expect(policy['egress']).toEqual([
      {
        to: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': dns.namespace } },
            podSelector: { matchLabels: dns.labels },
          },
          ...dns.cidrs.map((cidr) => ({ ipBlock: { cidr } })),
        ],
        ports: [
          { protocol: 'UDP', port: 5353 },
          { protocol: 'TCP', port: 5353 },
        ],
      },
    ]);
  });

  describe.each(components)('to the $name', (to) => {
    it.each([...components, STRANGER])('allow a $name on exactly the ports of the table', (from) => {
      for (const [port, number] of Object.entries(to.ports)) {
        const way = `${to.name} ${port}`;
        expect([way, connects(from.podLabels, to.podLabels, number)]).toEqual([way, ALLOWED[way]?.includes(from.name)]);
      }
    });
  });
});

describe('when an operator’s Prometheus scrapes', () => {
  const config = kindWith({ monitoring: { mode: 'operator', operator: { namespace: 'observability' } } });
  const policies = renderObjects(config).filter(({ kind }) => kind === 'NetworkPolicy');

  it.each(['broker', 'registry', 'ui', 'lag-exporter', 'client'])(
    'allows it on the metrics port of the %s, only from its namespace',
    (peer) => {
      const { ingress = [] } = find(policies, 'NetworkPolicy', `kafka-${peer}`).spec as unknown as Policy;
      const rules = ingress.filter(({ from = [] }) =>
        from.some(({ namespaceSelector }) => namespaceSelector !== undefined),
      );
      expect(rules.map(({ from }) => from)).toEqual([
        [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'observability' } },
            podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
          },
        ],
      ]);
      const { ports, metrics = [] } = componentsOf(config).find(({ name }) => name === peer) ?? {};
      expect(rules[0]?.ports.map(({ port }) => port)).toEqual(metrics.map(({ port }) => ports?.[port]).sort());
    },
  );

  it('has no policy for foreign pods', () => {
    expect(policies.map(({ metadata }) => metadata.name)).not.toContain('kafka-prometheus');
  });
});
