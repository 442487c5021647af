import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Platform } from '../config/load';
import type { Listener } from '../render/layout';
import { brokerNames } from '../render/names';
import { objectLabels, selectorLabels } from '../render/labels';

/** The two Services of the brokers: names for each of them, and one address for clients that know none yet. */
export class BrokerServices extends Construct {
  constructor(
    scope: Construct,
    private readonly config: Platform,
  ) {
    super(scope, 'services');
    this.addHeadless();
    this.addBootstrap();
  }

  /** Brokers find each other before they are ready: they become ready through each other. */
  private addHeadless(): void {
    new k8s.KubeService(this, 'headless', {
      metadata: this.metadata(brokerNames(this.config).headlessService),
      spec: {
        clusterIp: 'None',
        publishNotReadyAddresses: true,
        selector: selectorLabels(this.config, 'broker'),
        ports: this.ports(['client', 'controller', 'replication']),
      },
    });
  }

  /** Clients are sent to ready brokers only. */
  private addBootstrap(): void {
    new k8s.KubeService(this, 'bootstrap', {
      metadata: this.metadata(brokerNames(this.config).bootstrapService),
      spec: { selector: selectorLabels(this.config, 'broker'), ports: this.ports(['client']) },
    });
  }

  private metadata(name: string): k8s.ObjectMeta {
    return { name, namespace: this.config.namespace, labels: objectLabels(this.config, 'broker') };
  }

  private ports(listeners: readonly Listener[]): k8s.ServicePort[] {
    return listeners.map((name) => ({
      name,
      port: this.config.brokers.listeners[name],
      targetPort: k8s.IntOrString.fromString(name),
    }));
  }
}
