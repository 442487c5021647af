import { Construct } from 'constructs';
import type { Platform } from '../config/load';
import { bootstrapAddress } from '../render/kubernetes-layout';
import { brokerNames } from '../render/names';
import type { BrokerPodPaths } from '../render/start-script';
import { BrokerConfig } from './broker-config';
import { BrokerServices } from './broker-services';
import { BrokerSet } from './broker-set';
import { addDisruptionBudget } from './disruption-budget';
import { objectLabels, selectorLabels } from '../render/labels';

const PATHS: BrokerPodPaths = {
  config: '/etc/kafka/platform',
  scratch: '/tmp',
  metricsReporter: '/opt/kafka-metrics-reporter',
};

/** A Kafka cluster of combined brokers and controllers. */
export class Brokers extends Construct {
  /** `host:port` for clients' `bootstrap.servers`, from anywhere in the Kubernetes cluster. */
  readonly bootstrapServers: string;

  constructor(scope: Construct, config: Platform) {
    super(scope, 'brokers');
    const names = brokerNames(config);
    this.bootstrapServers = bootstrapAddress(config);
    const files = new BrokerConfig(this, config, PATHS);
    new BrokerServices(this, config);
    new BrokerSet(this, config, { files, paths: PATHS });
    addDisruptionBudget(this, {
      metadata: { name: names.disruptionBudget, namespace: config.namespace, labels: objectLabels(config, 'broker') },
      selectorLabels: selectorLabels(config, 'broker'),
      replicas: config.brokers.count,
    });
  }
}
