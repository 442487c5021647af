import type { DerivedProperty } from '../config/derived-properties';
import type { Platform } from '../config/load';
import { LISTENERS, quorumVoters, type BrokerNode, type ClusterLayout, type Listener } from './layout';
import { BROKER_METRICS } from './broker-metrics';
import { propertyLine } from './property-line';

const ROLES = { combined: 'broker,controller' } as const;

/** A listener's security; every listener is named in the protocol map, as its name is no protocol. */
const SECURITY_PROTOCOL = 'PLAINTEXT';

/** Listeners that brokers announce; Kafka refuses to start when the controller's is among them. */
const ADVERTISED: readonly Listener[] = ['client', 'replication'];

/**
 * The complete properties file of one broker, byte for byte what the broker reads.
 * Source of names and meanings: Kafka's broker configuration reference.
 */
export function brokerProperties(config: Platform, layout: ClusterLayout, node: BrokerNode): string {
  const identity = identityProperties(config, layout, node);
  const listeners = listenerProperties(layout, node);
  const durability = durabilityProperties(config);
  const logs = logProperties(config, node);
  const threads = threadProperties(config);
  const metrics = metricsProperties(layout, node);
  // Compiles only while every derived property is written.
  ({ ...identity, ...listeners, ...durability, ...logs, ...threads, ...metrics }) satisfies Record<
    DerivedProperty,
    unknown
  >;
  const sections = {
    'Node and quorum': identity,
    Listeners: listeners,
    Durability: durability,
    Logs: logs,
    Threads: threads,
    Metrics: metrics,
  };
  const further = Object.fromEntries(Object.entries(config.brokers.properties).sort(byName));
  const complete = { ...sections, ...(Object.keys(further).length > 0 ? { Further: further } : {}) };
  const header = `# Broker ${node.id} of ${config.name}. Generated: change the configuration, not this file.`;
  return [header, ...Object.entries(complete).map(([title, properties]) => section(title, properties)), ''].join('\n');
}

function section(title: string, properties: Readonly<Record<string, string | number | boolean>>): string {
  const lines = Object.entries(properties).map(([name, value]) => propertyLine(name, value));
  return ['', `# ${title}`, ...lines].join('\n');
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

function identityProperties({ brokers }: Platform, layout: ClusterLayout, node: BrokerNode) {
  return {
    'process.roles': ROLES[brokers.roles],
    'node.id': node.id,
    'controller.quorum.voters': quorumVoters(layout),
  };
}

function listenerProperties({ bindAddress }: ClusterLayout, { host, ports }: BrokerNode) {
  const all = Object.keys(LISTENERS) as Listener[];
  const address = (at: string, listeners: readonly Listener[]): string =>
    listeners.map((listener) => `${LISTENERS[listener]}://${at}:${ports[listener]}`).join(',');
  return {
    listeners: address(bindAddress, all),
    'advertised.listeners': address(host, ADVERTISED),
    'listener.security.protocol.map': all.map((one) => `${LISTENERS[one]}:${SECURITY_PROTOCOL}`).join(','),
    'inter.broker.listener.name': LISTENERS.replication,
    'controller.listener.names': LISTENERS.controller,
  };
}

function durabilityProperties({ brokers }: Platform) {
  const { replicationFactor, minInsyncReplicas } = brokers.internalTopics;
  return {
    'default.replication.factor': brokers.replicationFactor,
    'min.insync.replicas': brokers.minInsyncReplicas,
    'offsets.topic.replication.factor': replicationFactor,
    'transaction.state.log.replication.factor': replicationFactor,
    'transaction.state.log.min.isr': minInsyncReplicas,
    'share.coordinator.state.topic.replication.factor': replicationFactor,
    'share.coordinator.state.topic.min.isr': minInsyncReplicas,
    'unclean.leader.election.enable': false,
    'auto.create.topics.enable': false,
  };
}

function logProperties({ brokers }: Platform, { logDirectory }: BrokerNode) {
  return {
    'log.dirs': logDirectory,
    'num.partitions': brokers.partitions,
    'log.retention.ms': brokers.retentionMs,
    'log.segment.bytes': brokers.segmentBytes,
    'compression.type': 'producer',
  };
}

function threadProperties({ brokers }: Platform) {
  return {
    'num.network.threads': brokers.networkThreads,
    'num.io.threads': brokers.ioThreads,
    'num.replica.fetchers': brokers.replicaFetchers,
    'num.recovery.threads.per.data.dir': brokers.recoveryThreads,
    'socket.send.buffer.bytes': brokers.socketSendBuffer,
    'socket.receive.buffer.bytes': brokers.socketReceiveBuffer,
    'socket.request.max.bytes': brokers.socketRequestMax,
  };
}

/** Source of names: Strimzi's metrics-reporter, 0.2. Kafka's own reporter stays, for tools that ask a broker by JMX. */
function metricsProperties({ bindAddress }: ClusterLayout, { metricsPort }: BrokerNode) {
  return {
    'metric.reporters': [
      'org.apache.kafka.common.metrics.JmxReporter',
      'io.strimzi.kafka.metrics.KafkaPrometheusMetricsReporter',
    ].join(','),
    'kafka.metrics.reporters': 'io.strimzi.kafka.metrics.YammerPrometheusMetricsReporter',
    'prometheus.metrics.reporter.listener': `http://${bindAddress}:${metricsPort}`,
    'prometheus.metrics.reporter.allowlist': BROKER_METRICS.join(','),
  };
}
