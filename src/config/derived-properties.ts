/**
 * Broker properties that the platform derives, each with the setting that decides it. The renderer writes exactly
 * these; `brokers.properties` may name none of them, so that no fact stands twice.
 */
export const DERIVED_PROPERTIES = {
  'process.roles': 'brokers.roles',
  'node.id': 'brokers.count',
  'controller.quorum.voters': 'brokers.quorum.voters',
  'controller.listener.names': 'brokers.listeners',
  'inter.broker.listener.name': 'brokers.listeners',
  listeners: 'brokers.listeners',
  'advertised.listeners': 'brokers.listeners',
  'listener.security.protocol.map': 'brokers.listeners',
  'log.dirs': 'brokers.storage',
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
} as const;

export type DerivedProperty = keyof typeof DERIVED_PROPERTIES;

export const isDerivedProperty = (name: string): name is DerivedProperty => Object.hasOwn(DERIVED_PROPERTIES, name);
