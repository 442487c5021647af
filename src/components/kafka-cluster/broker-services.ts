import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { KafkaClusterConfig } from './config';
import { listenerPorts, type ListenerName } from './listener-props';
import { BROKER_IDENTITY, roleSelector } from './labels';
import { brokerNames } from './names';
import { selectorLabels } from '../../kubernetes/labels';
import { objectMetadata } from '../../kubernetes/object-metadata';

/** What the brokers' Services are made of. */
export interface BrokerServicesProps extends Pick<KafkaClusterConfig, 'name' | 'namespace' | 'clusterDomain'> {
  /** The ports that the Services have. */
  readonly brokers: Pick<KafkaClusterConfig['brokers'], 'listeners'>;
}

/** The two Services of the nodes: names for each of them, and one address of the brokers for clients that know none yet. */
export class BrokerServices extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: BrokerServicesProps,
  ) {
    super(scope, id);
    this.addHeadless();
    this.addBootstrap();
  }

  /** Nodes find each other before they are ready: they become ready through each other. */
  private addHeadless(): void {
    new k8s.KubeService(this, 'headless', {
      metadata: objectMetadata(this.props, BROKER_IDENTITY, brokerNames(this.props).headlessService),
      spec: {
        clusterIp: 'None',
        publishNotReadyAddresses: true,
        selector: selectorLabels(this.props, BROKER_IDENTITY),
        ports: this.ports(['client', 'controller', 'replication']),
      },
    });
  }

  /** Clients are sent to ready brokers only. */
  private addBootstrap(): void {
    new k8s.KubeService(this, 'bootstrap', {
      metadata: objectMetadata(this.props, BROKER_IDENTITY, brokerNames(this.props).bootstrapService),
      spec: { selector: roleSelector(this.props, 'broker'), ports: this.ports(['client']) },
    });
  }

  private ports(listeners: readonly ListenerName[]): k8s.ServicePort[] {
    return listeners.map((name) => ({
      name,
      port: listenerPorts(this.props.brokers.listeners)[name],
      targetPort: k8s.IntOrString.fromString(name),
    }));
  }
}
