import { connectionLimit, queuedRequests } from './memory';
import type { DerivedProperty } from './properties/derived-properties';
import type { KafkaClusterConfig } from './config';
import { OFFSETS_RETENTION_PROPERTY, offsetsRetention } from '../topics/offsets-retention';
import { CHECK_INTERVAL_PROPERTY, checkInterval } from '../topics/retention-times';
import { LISTENERS, nodeListeners, nodeName, quorumServers, type BrokerNode, type ClusterLayout } from './layout';
import type { ListenerName } from './listener-props';
import type { NodePool } from './node-pool-props';
import { hasRacks, isBroker, isVoter } from './nodes';
import { BROKER_METRICS } from './broker-metrics';
import { propertyLine } from './property-line';

/** As in Kafka's documentation. */
const ROLES = ['broker', 'controller'] as const;

/** Of a listener without TLS and authentication, the only kind so far; each is named in the protocol map, as its name is no protocol. */
const SECURITY_PROTOCOL = 'PLAINTEXT';

/** Properties of brokers in racks; other brokers have neither. */
type RackProperty = 'broker.rack' | 'replica.selector.class';

/** Properties of one of the roles. */
type RoleProperty = 'controller.quorum.auto.join.enable' | 'inter.broker.listener.name';

const RACK_AWARE_SELECTOR = 'org.apache.kafka.common.replica.RackAwareReplicaSelector';

/**
 * The complete properties file of one broker, byte for byte what the broker reads.
 * Source of names and meanings: Kafka's broker configuration reference.
 */
export function brokerProperties(config: KafkaClusterConfig, layout: ClusterLayout, node: BrokerNode): string {
  const header = `# ${nodeName(node)} of ${config.name}. Generated: change the configuration, not this file.`;
  const sections = sectionsOf(config, layout, node);
  return [header, ...Object.entries(sections).map(([title, properties]) => section(title, properties)), ''].join('\n');
}

/** The properties of one broker, by Kafka's names. */
export const propertiesOf = (
  config: KafkaClusterConfig,
  layout: ClusterLayout,
  node: BrokerNode,
): Readonly<Record<string, string>> =>
  asText(
    Object.fromEntries(
      Object.values(sectionsOf(config, layout, node)).flatMap((properties) => Object.entries(properties)),
    ),
  );

type Property = string | number | boolean;
type Properties = Readonly<Record<string, Property>>;

/** The properties of one broker, by title of their section. */
function sectionsOf(
  config: KafkaClusterConfig,
  layout: ClusterLayout,
  node: BrokerNode,
): Readonly<Record<string, Properties>> {
  const identity = identityProperties(layout, node);
  const racks = rackProperties(config, node);
  const listeners = listenerProperties(layout, node);
  const durability = durabilityProperties(config);
  const logs = { 'log.dirs': node.logDirectory, ...logProperties(config) };
  const kept = retentionProperties(config);
  const threads = threadProperties(config, node.pool);
  const metrics = metricsProperties(layout, node);
  // Compiles only while every derived property is written.
  ({ ...identity, ...listeners, ...durability, ...logs, ...threads, ...metrics }) satisfies Record<
    Exclude<DerivedProperty, RackProperty | RoleProperty>,
    unknown
  >;
  const sections = {
    'Node and quorum': identity,
    ...(Object.keys(racks).length > 0 && { Rack: racks }),
    Listeners: listeners,
    Durability: durability,
    Logs: { ...logs, ...kept },
    Threads: threads,
    Metrics: metrics,
  };
  const further = Object.fromEntries(Object.entries(config.brokers.properties).sort(byName));
  return { ...sections, ...(Object.keys(further).length > 0 ? { Further: further } : {}) };
}

/** What every broker has alike, and topics may inherit from it, by Kafka's names. */
export const commonProperties = (config: KafkaClusterConfig): Readonly<Record<string, string>> =>
  asText({ ...durabilityProperties(config), ...logProperties(config), ...config.brokers.properties });

const asText = (properties: Properties): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, String(value)]));

function section(title: string, properties: Properties): string {
  const lines = Object.entries(properties).map(([name, value]) => propertyLine(name, value));
  return ['', `# ${title}`, ...lines].join('\n');
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

function identityProperties(layout: ClusterLayout, node: BrokerNode) {
  return {
    'process.roles': ROLES.filter((role) => node.pool.roles.includes(role)).join(','),
    'node.id': node.id,
    'controller.quorum.bootstrap.servers': quorumServers(layout),
    // A controller whose disk was lost comes back under a new directory id, and becomes a voter again by itself.
    ...(isVoter(node) && { 'controller.quorum.auto.join.enable': true }),
  };
}

/** Lets replicas of a partition be in different racks, and consumers read from the replica in their own (KIP-392). */
function rackProperties({ brokers }: KafkaClusterConfig, { pool }: BrokerNode): Partial<Record<RackProperty, string>> {
  if (!isBroker({ pool })) return {};
  return {
    ...(pool.zone !== undefined && { 'broker.rack': pool.zone }),
    ...(hasRacks(brokers) && { 'replica.selector.class': RACK_AWARE_SELECTOR }),
  };
}

function listenerProperties({ bindAddress }: ClusterLayout, node: BrokerNode) {
  const { host, ports } = node;
  const all = Object.keys(LISTENERS) as ListenerName[];
  const own = all.filter((one) => nodeListeners(node).includes(one));
  const address = (at: string, listeners: readonly ListenerName[]): string =>
    listeners.map((listener) => `${LISTENERS[listener]}://${at}:${ports[listener]}`).join(',');
  return {
    listeners: address(bindAddress, own),
    'advertised.listeners': address(host, own),
    'listener.security.protocol.map': all.map((one) => `${LISTENERS[one]}:${SECURITY_PROTOCOL}`).join(','),
    ...(isBroker(node) && { 'inter.broker.listener.name': LISTENERS.replication }),
    'controller.listener.names': LISTENERS.controller,
  };
}

function durabilityProperties({ brokers }: KafkaClusterConfig) {
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

function logProperties({ brokers }: KafkaClusterConfig) {
  return {
    'num.partitions': brokers.partitions,
    'log.retention.ms': brokers.retentionMs,
    'log.segment.bytes': brokers.segmentBytes,
    'compression.type': 'producer',
  };
}

/** Derived from the topics, unless `brokers.properties` has values that go as far. */
function retentionProperties({ brokers, topics }: KafkaClusterConfig) {
  const derived = {
    [OFFSETS_RETENTION_PROPERTY]: offsetsRetention(topics, brokers).minutes,
    [CHECK_INTERVAL_PROPERTY]: checkInterval(topics),
  };
  return Object.fromEntries(Object.entries(derived).filter(([name]) => !Object.hasOwn(brokers.properties, name)));
}

function threadProperties({ brokers }: KafkaClusterConfig, pool: NodePool) {
  return {
    'num.network.threads': brokers.networkThreads,
    'num.io.threads': brokers.ioThreads,
    'num.replica.fetchers': brokers.replicaFetchers,
    'num.recovery.threads.per.data.dir': brokers.recoveryThreads,
    'socket.send.buffer.bytes': brokers.socketSendBuffer,
    'socket.receive.buffer.bytes': brokers.socketReceiveBuffer,
    'socket.request.max.bytes': brokers.socketRequestMax,
    'queued.max.request.bytes': queuedRequests(brokers, pool),
    'max.connections': connectionLimit(brokers, pool),
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
    'prometheus.metrics.reporter.allowlist': Object.keys(BROKER_METRICS).join(','),
  };
}
