import { Construct } from 'constructs';
import type { KafkaClusterConfig } from './config';
import { bootstrapAddress } from './kubernetes-layout';
import { BROKER_IDENTITY } from './model';
import { brokerNames } from './names';
import { nodesOf } from './nodes';
import type { BrokerPodPaths } from './start-script';
import { BrokerConfig } from './broker-config';
import { BrokerServices } from './broker-services';
import { BrokerSet } from './broker-set';
import { addDisruptionBudget } from '../../kubernetes/disruption-budget';
import { selectorLabels } from '../../kubernetes/labels';
import { objectMetadata } from '../../kubernetes/object-metadata';

const PATHS: BrokerPodPaths = {
  config: '/etc/kafka/platform',
  scratch: '/tmp',
  metricsReporter: '/opt/kafka-metrics-reporter',
};

/** Everything that a cluster is made of. */
export type KafkaClusterProps = KafkaClusterConfig;

/** A Kafka cluster, one StatefulSet for each of its node pools. */
export class KafkaCluster extends Construct {
  /** `host:port` for clients' `bootstrap.servers`, from anywhere in the Kubernetes cluster. */
  readonly bootstrapServers: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: KafkaClusterProps,
  ) {
    super(scope, id);
    this.bootstrapServers = bootstrapAddress(props);
    const files = new BrokerConfig(this, 'config', { ...props, paths: PATHS });
    new BrokerServices(this, 'services', props);
    for (const pool of props.brokers.nodePools) new BrokerSet(this, pool.name, { ...props, pool, files, paths: PATHS });
    this.addDisruptionBudget();
  }

  private addDisruptionBudget(): void {
    addDisruptionBudget(this, {
      metadata: objectMetadata(this.props, BROKER_IDENTITY, brokerNames(this.props).disruptionBudget),
      selectorLabels: selectorLabels(this.props, BROKER_IDENTITY),
      replicas: nodesOf(this.props.brokers).length,
      holdsData: true,
    });
  }
}
