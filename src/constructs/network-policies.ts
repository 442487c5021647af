import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Platform } from '../config/load';
import { CLIENT_LABEL, flowPorts, type Party } from '../render/network-flows';
import { selectorLabels } from '../render/labels';

const DNS_PORT = 53;

/** Labels that every Kubernetes distribution gives to the pods of its DNS, and to their namespace. */
const DNS_PEER: k8s.NetworkPolicyPeer = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
  podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
};

/**
 * Denies everything in the namespace, then allows exactly the flows that exist, on both ends: names, clients to the
 * client port, brokers among themselves.
 */
export class NetworkPolicies extends Construct {
  constructor(
    scope: Construct,
    private readonly config: Platform,
  ) {
    super(scope, 'network-policies');
    this.add('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    this.add('dns', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [DNS_PEER], ports: dnsPorts() }] });
    this.addParty('broker');
    this.addParty('client');
  }

  private addParty(party: Party): void {
    const peers: readonly Party[] = ['client', 'broker'];
    const ingress = peers.flatMap((from) =>
      this.rule(
        from,
        flowPorts(this.config, (flow) => flow.from === from && flow.to === party),
      ),
    );
    const egress = peers.flatMap((to) =>
      this.rule(
        to,
        flowPorts(this.config, (flow) => flow.from === party && flow.to === to),
      ),
    );
    this.add(party, {
      podSelector: { matchLabels: this.labels(party) },
      policyTypes: ['Ingress', 'Egress'],
      ...(ingress.length === 0 ? {} : { ingress: ingress.map(({ peer, ports }) => ({ from: [peer], ports })) }),
      ...(egress.length === 0 ? {} : { egress: egress.map(({ peer, ports }) => ({ to: [peer], ports })) }),
    });
  }

  private rule(peer: Party, numbers: readonly number[]) {
    if (numbers.length === 0) return [];
    const ports = numbers.map((port) => ({ protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) }));
    return [{ peer: { podSelector: { matchLabels: this.labels(peer) } }, ports }];
  }

  private labels(party: Party): Record<string, string> {
    return party === 'broker' ? selectorLabels(this.config, 'broker') : { ...CLIENT_LABEL };
  }

  private add(name: string, spec: k8s.NetworkPolicySpec): void {
    new k8s.KubeNetworkPolicy(this, name, {
      metadata: { name: `${this.config.name}-${name}`, namespace: this.config.namespace },
      spec,
    });
  }
}

const dnsPorts = (): k8s.NetworkPolicyPort[] =>
  ['UDP', 'TCP'].map((protocol) => ({ protocol, port: k8s.IntOrString.fromNumber(DNS_PORT) }));
