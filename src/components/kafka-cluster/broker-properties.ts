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
import { securityProperties, securityProtocol } from './security/listener-security';

/** As in Kafka's documentation. */
const ROLES = ['broker', 'controller'] as const;

/** Properties of brokers in racks; other brokers have neither. */
type RackProperty = 'broker.rack' | 'replica.selector.class';

/** Of nodes whose metadata log has a volume of its own. */
type VolumeProperty = 'metadata.log.dir';

/** Properties of one of the roles. */
type RoleProperty = 'controller.quorum.auto.join.enable' | 'inter.broker.listener.name';

const ALL_LISTENERS = Object.keys(LISTENERS) as ListenerName[];

const RACK_AWARE_SELECTOR = 'org.apache.kafka.common.replica.RackAwareReplicaSelector';

/**
 * The complete properties file of one broker, byte for byte what the broker reads.
 * Source of names and meanings: Kafka's broker configuration reference.
 */
export const brokerProperties = (config: KafkaClusterConfig, layout: ClusterLayout, node: BrokerNode): string =>
  ownProperties(config, node) + sharedProperties(config, layout, node);

/** What is told of a node that has a name, if not yet an id. */
export interface NamedNode extends Pick<BrokerNode, 'host' | 'ports' | 'pool'> {
  /** `node.id`, or what the shell replaces by it. */
  readonly id: number | string;
}

/** The beginning of the file: what a node has for itself, and no other node of its pool. */
export const ownProperties = ({ name }: Pick<KafkaClusterConfig, 'name'>, node: NamedNode): string =>
  [
    `# ${nodeName(node)} of ${name}. Generated: change the configuration, not this file.`,
    ...linesOf(ownOf(node)),
    '',
  ].join('\n');

/** The rest of the file. In Kubernetes it is the same for all nodes of a pool, so that a further one changes nothing for them. */
export function sharedProperties(config: KafkaClusterConfig, layout: ClusterLayout, node: BrokerNode): string {
  const sections = Object.entries(sharedSections(config, layout, node));
  return [...sections.flatMap(([title, properties]) => ['', `# ${title}`, ...linesOf(properties)]), ''].join('\n');
}

/** The properties of one broker, by Kafka's names. */
export const propertiesOf = (
  config: KafkaClusterConfig,
  layout: ClusterLayout,
  node: BrokerNode,
): Readonly<Record<string, string>> =>
  asText(
    Object.fromEntries(
      [ownOf(node), ...Object.values(sharedSections(config, layout, node))].flatMap((one) => Object.entries(one)),
    ),
  );

type Property = string | number | boolean;
type Properties = Readonly<Record<string, Property>>;

/** What the nodes of a pool have alike, by title of the section. */
function sharedSections(
  config: KafkaClusterConfig,
  layout: ClusterLayout,
  node: BrokerNode,
): Readonly<Record<string, Properties>> {
  const quorum = quorumProperties(layout, node);
  const racks = rackProperties(config, node);
  const listeners = listenerProperties(config, layout, node);
  const security = securityProperties(config, node);
  const durability = durabilityProperties(config);
  const logs = { ...directoryProperties(node), ...logProperties(config) };
  const kept = retentionProperties(config);
  const threads = threadProperties(config, node.pool);
  const metrics = metricsProperties(layout, node);
  // Compiles only while every derived property is written.
  ({ ...ownOf(node), ...quorum, ...listeners, ...durability, ...logs, ...threads, ...metrics }) satisfies Record<
    Exclude<DerivedProperty, RackProperty | RoleProperty | VolumeProperty>,
    unknown
  >;
  const sections = {
    'Roles and quorum': quorum,
    ...(Object.keys(racks).length > 0 && { Rack: racks }),
    Listeners: listeners,
    ...(Object.keys(security).length > 0 && { Security: security }),
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

const linesOf = (properties: Properties): readonly string[] =>
  Object.entries(properties).map(([name, value]) => propertyLine(name, value));

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

const ownOf = (node: NamedNode) => ({
  'node.id': node.id,
  'advertised.listeners': addressOf(node, node.host),
});

function quorumProperties(layout: ClusterLayout, node: BrokerNode) {
  return {
    'process.roles': ROLES.filter((role) => node.pool.roles.includes(role)).join(','),
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

/** The addresses of a node's listeners at a host; without one, at all interfaces. */
const addressOf = (node: Pick<BrokerNode, 'ports' | 'pool'>, host: string): string =>
  ALL_LISTENERS.filter((one) => nodeListeners(node).includes(one))
    .map((listener) => `${LISTENERS[listener]}://${host}:${node.ports[listener]}`)
    .join(',');

function listenerProperties({ security }: KafkaClusterConfig, { bindAddress }: ClusterLayout, node: BrokerNode) {
  return {
    listeners: addressOf(node, bindAddress),
    'listener.security.protocol.map': ALL_LISTENERS.map(
      (one) => `${LISTENERS[one]}:${securityProtocol(security, one)}`,
    ).join(','),
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

const directoryProperties = ({ logDirectory, metadataLogDirectory }: BrokerNode) => ({
  'log.dirs': logDirectory,
  ...(metadataLogDirectory !== undefined && { 'metadata.log.dir': metadataLogDirectory }),
});

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
