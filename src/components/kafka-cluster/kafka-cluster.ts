import { Construct } from 'constructs';
import type { KafkaClusterConfig } from './config';
import { bootstrapAddress } from './kubernetes-layout';
import { BROKER_IDENTITY, ROLE_LABELS, roleSelector } from './labels';
import { brokerNames } from './names';
import { brokersOf, isBroker, votersOf } from './nodes';
import type { NodePool } from './node-pool-props';
import type { BrokerPodPaths } from './start-script';
import { BrokerConfig } from './broker-config';
import { BrokerServices } from './broker-services';
import { BrokerSet } from './broker-set';
import { LiveConfig } from './live-config';
import { addDisruptionBudget } from '../../kubernetes/disruption-budget';
import { objectMetadata } from '../../kubernetes/object-metadata';

/** Where a broker's pod finds its files. */
export const BROKER_PATHS: BrokerPodPaths = {
  config: '/etc/kafka/platform',
  live: '/etc/kafka/live',
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
    new BrokerServices(this, 'services', props);
    const live = new LiveConfig(this, 'live', props).name;
    for (const pool of props.brokers.nodePools) this.addPool(pool, live);
    this.addDisruptionBudgets();
  }

  private addPool(pool: NodePool, live: string): void {
    const props = { ...this.props, pool, paths: BROKER_PATHS };
    const config = new BrokerConfig(this, `${pool.name}-config`, props).name;
    new BrokerSet(this, pool.name, { ...props, configMaps: { config, live } });
  }

  /** The API server evicts no pod that two budgets select: nodes of both roles are brokers here. */
  private addDisruptionBudgets(): void {
    const { brokers } = this.props;
    const { disruptionBudget, controllerDisruptionBudget } = brokerNames(this.props);
    addDisruptionBudget(this, {
      metadata: objectMetadata(this.props, BROKER_IDENTITY, disruptionBudget),
      selector: { matchLabels: roleSelector(this.props, 'broker') },
      replicas: brokersOf(brokers).length,
      holdsData: true,
    });
    addDisruptionBudget(this, {
      id: 'controller-disruption-budget',
      metadata: objectMetadata(this.props, BROKER_IDENTITY, controllerDisruptionBudget),
      selector: {
        matchLabels: roleSelector(this.props, 'controller'),
        matchExpressions: [{ key: ROLE_LABELS.broker, operator: 'DoesNotExist' }],
      },
      replicas: votersOf(brokers).filter((node) => !isBroker(node)).length,
      holdsData: true,
    });
  }
}
