import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Platform } from '../config/load';
import { flowsOf, foreignNamespace, partyLabels, partyPorts, type Party } from '../render/network-flows';

const DNS_PORT = 53;

/** Labels that every Kubernetes distribution gives to the pods of its DNS, and to their namespace. */
const DNS_PEER: k8s.NetworkPolicyPeer = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
  podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
};

/** Denies everything in the namespace, then allows exactly the flows that exist, on both ends, and names for every pod. */
export class NetworkPolicies extends Construct {
  constructor(
    scope: Construct,
    private readonly config: Platform,
  ) {
    super(scope, 'network-policies');
    this.add('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    this.add('dns', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [DNS_PEER], ports: dnsPorts() }] });
    for (const party of partyPorts(config).keys()) {
      if (foreignNamespace(config, party) === undefined) this.addParty(party);
    }
  }

  private addParty(party: Party): void {
    const flows = flowsOf(this.config);
    const ingress = this.rules(flows.filter(({ to }) => to === party).map(({ from, number }) => [from, number]));
    const egress = this.rules(flows.filter(({ from }) => from === party).map(({ to, number }) => [to, number]));
    this.add(party, {
      podSelector: { matchLabels: partyLabels(this.config, party) },
      policyTypes: ['Ingress', 'Egress'],
      ...(ingress.length === 0 ? {} : { ingress: ingress.map(({ peer, ports }) => ({ from: [peer], ports })) }),
      ...(egress.length === 0 ? {} : { egress: egress.map(({ peer, ports }) => ({ to: [peer], ports })) }),
    });
  }

  /** One rule for each peer, with its ports in ascending order. */
  private rules(ways: readonly (readonly [peer: Party, port: number])[]) {
    const peers = [...new Set(ways.map(([peer]) => peer))];
    return peers.map((peer) => ({
      peer: this.peer(peer),
      ports: [...new Set(ways.filter(([other]) => other === peer).map(([, port]) => port))]
        .sort((a, b) => a - b)
        .map((port) => ({ protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) })),
    }));
  }

  private peer(party: Party): k8s.NetworkPolicyPeer {
    const namespace = foreignNamespace(this.config, party);
    return {
      podSelector: { matchLabels: partyLabels(this.config, party) },
      ...(namespace === undefined
        ? {}
        : { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }),
    };
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
