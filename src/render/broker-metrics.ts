/**
 * Names of the metrics that brokers tell, as regular expressions for whole names without the endings `_total`, `_sum`,
 * `_count` and `_info`; the JVM's own always come along. What no rule and no dashboard reads is left out: each of some
 * 90 request types has 8 histograms.
 */
export const BROKER_METRICS: readonly string[] = [
  'kafka_controller_controllereventmanager_eventqueue(processing)?timems',
  'kafka_controller_controllerstats_.*',
  'kafka_controller_kafkacontroller_.*',
  'kafka_log_log_size',
  'kafka_log_logcleaner_deadthreadcount',
  'kafka_log_logcleanermanager_uncleanable_.*',
  'kafka_log_logmanager_.*',
  'kafka_network_requestchannel_requestqueuesize',
  'kafka_network_requestmetrics_(errorspersec|requestspersec|totaltimems)',
  'kafka_network_socketserver_networkprocessoravgidlepercent',
  'kafka_server_broker_metadata_metrics_.*',
  'kafka_server_brokertopicmetrics_(bytesin|bytesout|failed.*requests|messagesin|replicationbytes.*)persec',
  'kafka_server_kafkarequesthandlerpool_.*',
  'kafka_server_metadataloader_.*',
  'kafka_server_node_metrics_.*',
  'kafka_server_raft_metrics_.*',
  'kafka_server_replicamanager_.*',
  'kafka_server_socket_server_metrics_connection_count',
];
