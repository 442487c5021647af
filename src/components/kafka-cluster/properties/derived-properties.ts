/**
 * Broker properties that the platform derives, each with the setting that determines it. The renderer writes exactly
 * these; `brokers.properties` may contain none of them, so that every value has one source.
 */
export const DERIVED_PROPERTIES = {
  'process.roles': 'brokers.nodePools',
  'node.id': 'brokers.nodePools',
  'controller.quorum.bootstrap.servers': 'brokers.nodePools',
  'controller.quorum.auto.join.enable': 'nothing: a controller whose disk was lost has to become a voter again',
  'broker.rack': 'brokers.nodePools.<n>.zone',
  'replica.selector.class':
    'brokers.nodePools.<n>.zone: brokers in zones let consumers read from the replica of their zone',
  'controller.listener.names': 'brokers.listeners',
  'inter.broker.listener.name': 'brokers.listeners',
  listeners: 'brokers.listeners',
  'advertised.listeners': 'brokers.listeners',
  'listener.security.protocol.map': 'brokers.listeners',
  'log.dirs': 'brokers.nodePools',
  'metadata.log.dir': 'brokers.nodePools.<n>.metadataStorage: without it metadata are beside the logs',
  'default.replication.factor': 'brokers.replicationFactor',
  'min.insync.replicas': 'brokers.minInsyncReplicas',
  'unclean.leader.election.enable': 'nothing: an unclean election loses acknowledged records',
  'offsets.topic.replication.factor': 'brokers.internalTopics.replicationFactor',
  'transaction.state.log.replication.factor': 'brokers.internalTopics.replicationFactor',
  'transaction.state.log.min.isr': 'brokers.internalTopics.minInsyncReplicas',
  'share.coordinator.state.topic.replication.factor': 'brokers.internalTopics.replicationFactor',
  'share.coordinator.state.topic.min.isr': 'brokers.internalTopics.minInsyncReplicas',
  'auto.create.topics.enable': 'topics: every topic is written down there',
  'num.partitions': 'brokers.partitions',
  'log.retention.ms': 'brokers.retentionMs',
  'log.segment.bytes': 'brokers.segmentBytes',
  'compression.type': 'topics.<n>.settings.compressionType: brokers keep what the producer chose',
  'metric.reporters': 'monitoring: brokers tell how they are by the reporter that rules and dashboards were made for',
  'kafka.metrics.reporters':
    'monitoring: brokers tell how they are by the reporter that rules and dashboards were made for',
  'prometheus.metrics.reporter.listener': 'monitoring.brokerPort',
  'prometheus.metrics.reporter.allowlist': 'monitoring: what rules and dashboards read',
  'num.network.threads': 'brokers.networkThreads',
  'num.io.threads': 'brokers.ioThreads',
  'num.replica.fetchers': 'brokers.replicaFetchers',
  'num.recovery.threads.per.data.dir': 'brokers.recoveryThreads',
  'socket.send.buffer.bytes': 'brokers.socketSendBuffer',
  'socket.receive.buffer.bytes': 'brokers.socketReceiveBuffer',
  'socket.request.max.bytes': 'brokers.socketRequestMax',
  'queued.max.request.bytes': 'brokers.queuedRequestsMax',
  'max.connections': 'brokers.maxConnections',
} as const;

export type DerivedProperty = keyof typeof DERIVED_PROPERTIES;

export const isDerivedProperty = (name: string): name is DerivedProperty => Object.hasOwn(DERIVED_PROPERTIES, name);

/**
 * Properties that compete with a derived one under another name: next to it they have no effect, or prevent the start.
 * Names that differ only in the unit, such as `log.retention.hours`, are known from Kafka's own table.
 */
export const OVERRULED_PROPERTIES: Readonly<Record<string, string>> = {
  'broker.id': 'brokers.nodePools: ids follow from it',
  'controller.quorum.voters': 'brokers.nodePools: the quorum is dynamic, its voters are in the metadata log',
  'cordoned.log.dirs': 'nothing: each broker has one log directory',
  'log.dir': 'brokers.nodePools',
  'prometheus.metrics.reporter.listener.enable': 'monitoring: rules and dashboards read what brokers tell there',
  'security.inter.broker.protocol': 'brokers.listeners',
};

/** Topic settings that every topic of the catalogue sets, each with its source; topics never inherit them from brokers. */
export const CARRIED_BY_TOPICS: Readonly<Record<string, string>> = {
  'cleanup.policy': 'topics.<n>.cleanupPolicy',
  'min.insync.replicas': 'brokers.minInsyncReplicas, or topics.<n>.minInsyncReplicas',
  'retention.ms': 'brokers.retentionMs, or topics.<n>.retentionMs',
  'segment.bytes': 'brokers.segmentBytes, or topics.<n>.segmentBytes',
  'segment.ms': 'topics.<n>.segmentMs',
};
