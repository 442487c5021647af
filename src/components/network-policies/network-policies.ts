import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Component } from '../component';
import type { NetworkProps } from '../../kubernetes/network-props';
import type { ObjectNaming } from '../../kubernetes/naming';
import { flowsBetween, type Flow } from '../derived';
import { OWN_APPLICATION, type Identity } from '../../kubernetes/labels';
import { objectMetadata } from '../../kubernetes/object-metadata';

const IDENTITY: Identity = { application: OWN_APPLICATION, component: 'network' };

/** Props of the network policies of a namespace. */
export interface NetworkPoliciesProps extends ObjectNaming {
  /** Network access of every pod in addition to the components: DNS. */
  readonly network: NetworkProps;
  /** All components in the namespace, and the components outside that connect to them. */
  readonly components: readonly Component[];
}

/**
 * Denies all traffic in the namespace, then allows exactly the connections of components, on both ends, and DNS for
 * every pod.
 */
export class NetworkPolicies extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: NetworkPoliciesProps,
  ) {
    super(scope, id);
    this.add('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    this.add('dns', { podSelector: {}, policyTypes: ['Egress'], egress: [dnsRule(props)] });
    this.addComponents();
  }

  private addComponents(): void {
    const { components } = this.props;
    const flows = flowsBetween(components);
    // This platform must not restrict pods of other namespaces.
    const ours = components.filter(({ namespace }) => namespace === undefined);
    for (const component of ours) this.addComponent(component, flows);
  }

  private addComponent(component: Component, flows: readonly Flow[]): void {
    const ingress = rules(flows.filter(({ to }) => to === component).map(({ from, number }) => [from, number]));
    const egress = rules(flows.filter(({ from }) => from === component).map(({ to, number }) => [to, number]));
    this.add(component.name, {
      podSelector: { matchLabels: { ...component.podLabels } },
      policyTypes: ['Ingress', 'Egress'],
      ...(ingress.length === 0 ? {} : { ingress: ingress.map(({ peer, ports }) => ({ from: [peer], ports })) }),
      ...(egress.length === 0 ? {} : { egress: egress.map(({ peer, ports }) => ({ to: [peer], ports })) }),
    });
  }

  private add(name: string, spec: k8s.NetworkPolicySpec): void {
    new k8s.KubeNetworkPolicy(this, name, {
      metadata: objectMetadata(this.props, IDENTITY, `${this.props.name}-${name}`),
      spec,
    });
  }
}

/** One rule for each peer, ordered by name, with its ports in ascending order. */
function rules(ways: readonly (readonly [peer: Component, port: number])[]) {
  const peers = [...new Set(ways.map(([peer]) => peer))].sort((a, b) => (a.name < b.name ? -1 : 1));
  return peers.map((peer) => ({
    peer: peerOf(peer),
    ports: [...new Set(ways.filter(([other]) => other === peer).map(([, port]) => port))]
      .sort((a, b) => a - b)
      .map((port) => ({ protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) })),
  }));
}

const peerOf = ({ podLabels, namespace }: Component): k8s.NetworkPolicyPeer => ({
  podSelector: { matchLabels: { ...podLabels } },
  ...(namespace === undefined
    ? {}
    : { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }),
});

/** Policies apply to the address and port of the pod, after the translation of the Service's address. */
function dnsRule({ network: { dns } }: Pick<NetworkPoliciesProps, 'network'>): k8s.NetworkPolicyEgressRule {
  return {
    to: [
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': dns.namespace } },
        podSelector: { matchLabels: { ...dns.labels } },
      },
      ...dns.cidrs.map((cidr) => ({ ipBlock: { cidr } })),
    ],
    ports: dns.ports.flatMap((port) =>
      ['UDP', 'TCP'].map((protocol) => ({ protocol, port: k8s.IntOrString.fromNumber(port) })),
    ),
  };
}
