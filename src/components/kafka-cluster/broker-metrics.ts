/**
 * Metrics that brokers export, with their meaning: names as regular expressions for whole names without the endings `_total`, `_sum`,
 * `_count` and `_info`; those of the JVM are always exported. What no rule and no dashboard reads is left out: each of some 90 request
 * types has 8 histograms.
 */
export const BROKER_METRICS: Readonly<Record<string, string>> = {
  'kafka_controller_controllereventmanager_eventqueue(processing)?timems':
    'Time of events in the queue of the controller, and of their processing',
  'kafka_controller_controllerstats_.*': 'Leader elections, unclean ones among them',
  'kafka_controller_kafkacontroller_.*':
    'State of the cluster as the controller has it: active controllers, fenced brokers, topics, partitions without a leader, metadata errors',
  kafka_log_log_size: 'Bytes of the log of each partition',
  kafka_log_logcleaner_deadthreadcount: 'Threads of the log cleaner that have died',
  'kafka_log_logcleanermanager_uncleanable_.*': 'Partitions that the log cleaner cannot clean',
  'kafka_log_logmanager_.*': 'Log directories that are offline',
  kafka_network_requestchannel_requestqueuesize: 'Requests that wait for a request handler',
  'kafka_network_requestmetrics_(errorspersec|requestspersec|totaltimems)':
    'Requests, their errors and their time, by type of request',
  kafka_network_socketserver_networkprocessoravgidlepercent: 'Idle share of the network threads',
  'kafka_server_broker_metadata_metrics_.*': 'Metadata records that the broker has applied, and its errors',
  'kafka_server_brokertopicmetrics_(bytesin|bytesout|failed.*requests|messagesin|replicationbytes.*)persec':
    'Bytes, records and failed requests, by topic',
  'kafka_server_kafkarequesthandlerpool_.*': 'Idle time of the request handlers',
  'kafka_server_metadataloader_.*': 'Metadata version in use',
  'kafka_server_node_metrics_.*': 'Feature levels that the node supports',
  'kafka_server_raft_metrics_.*': 'State of the metadata quorum: leader, epoch, offsets, latency',
  'kafka_server_replicamanager_.*': 'Partitions, leaders, replicas out of sync and changes of the ISR',
  kafka_server_socket_server_metrics_connection_count: 'Connections, by listener and client software',
};
