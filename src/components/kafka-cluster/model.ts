import type { KafkaClusterConfig } from './config';
import { brokerAlerts } from './alerts/brokers';
import { capacityAlerts } from './alerts/capacity';
import { guardAlerts } from './alerts/guard';
import { quorumAlerts } from './alerts/quorum';
import { replicationAlerts } from './alerts/replication';
import { requestAlerts } from './alerts/requests';
import { clusterDashboard } from './dashboards/cluster';
import { kraftDashboard } from './dashboards/kraft';
import { topicsDashboard } from './dashboards/topics';
import { minutes } from '../../validation/units';
import { bootstrapEndpoint, kubernetesLayout } from './kubernetes-layout';
import { BROKER_JOB, GUARD_JOB, KAFKA_CLUSTER } from './names';
import { listenerPorts } from './listener-props';
import { BROKER_IDENTITY } from './labels';
import { selectorLabels } from '../../kubernetes/labels';
import type { Component, Metrics } from '../component';

/** The brokers with their controllers and guards. */
export function kafkaCluster(config: KafkaClusterConfig): Component {
  const { brokers, guard, monitoring } = config;
  return {
    name: KAFKA_CLUSTER,
    podLabels: selectorLabels(config, BROKER_IDENTITY),
    ports: { ...listenerPorts(brokers.listeners), guard: guard.port, metrics: monitoring.brokerPort },
    connectsTo: ['controller', 'replication', 'guard'].map((port) => ({ to: KAFKA_CLUSTER, port })),
    endpoints: { bootstrap: bootstrapEndpoint(config) },
    metrics: [
      endpointOf(config, { job: BROKER_JOB, port: 'metrics', number: monitoring.brokerPort }),
      endpointOf(config, { job: GUARD_JOB, port: 'guard', number: guard.port }),
    ],
    // Deploy waits for the brokers in a separate step.
    isAwaited: false,
    alerts: () => [
      { group: 'brokers', alerts: brokerAlerts(config) },
      { group: 'guards', alerts: guardAlerts(config) },
      { group: 'quorum', alerts: quorumAlerts(config) },
      { group: 'replication', alerts: replicationAlerts(config) },
      { group: 'requests', alerts: requestAlerts(config) },
      // The expressions cover hours; evaluation with every scrape is not needed.
      { group: 'capacity', intervalMs: minutes(1), alerts: capacityAlerts(config) },
    ],
    dashboards: () => [clusterDashboard(config), kraftDashboard(config), topicsDashboard(config)],
  };
}

interface MetricsPort {
  readonly job: string;
  /** Name of the port of the pods. */
  readonly port: string;
  readonly number: number;
}

/** One port of every node's pod. */
const endpointOf = (config: KafkaClusterConfig, { job, port, number }: MetricsPort): Metrics => ({
  job,
  path: '/metrics',
  targets: kubernetesLayout(config).nodes.map(({ id, host }) => ({
    address: `${host}:${number}`,
    labels: { broker: String(id) },
  })),
  port,
  // The ordinals of a node pool's set begin at its first id. Kubernetes gives the label since 1.28.
  fromPodLabels: { broker: 'apps.kubernetes.io/pod-index' },
});
