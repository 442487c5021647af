import { GROUP, NODES, TRANSACTION, flat, from, ofNode, ofClient, ofExporter, rising, upOf } from './at-rest';
import {
  type Case,
  gone,
  DEAD_LETTERS,
  LOG_GAPS,
  electedAt,
  LAST_LEADERS_ELECTED,
  END,
  HANGING,
  RETIRED,
  everywhere,
  once,
  TIME,
  errors,
} from './cases';
import { OF_DISKS } from './firing-of-disks';
import { OF_QUORUM } from './firing-of-quorum';
import { OF_GUARDS } from './firing-of-guards';

/** At least one case for each alert. */
export const FIRING: Readonly<Record<string, readonly Case[]>> = {
  KafkaBrokerDown: NODES.flatMap((id) => [
    once({ [ofNode('up', id)]: flat(0) }, 5, { broker: String(id) }),
    // A deleted pod is not a target and therefore has no `up`.
    once({ [ofNode('up', id)]: gone }, 5, { broker: String(id) }),
  ]),
  KafkaBrokerFenced: [once(everywhere('kafka_controller_kafkacontroller_fencedbrokercount', flat(1)), 10)],
  KafkaLogDirectoryOffline: [
    once({ [ofNode('kafka_log_logmanager_offlinelogdirectorycount', 1)]: flat(1) }, 1, { broker: '1' }),
  ],
  KafkaRequestHandlersBusy: [
    once(
      {
        [ofNode('kafka_server_kafkarequesthandlerpool_brokerrequesthandleravgidlepercent_total', 1)]: rising(15e9),
      },
      21,
      { broker: '1' },
    ),
  ],
  KafkaNetworkThreadsBusy: [
    once({ [ofNode('kafka_network_socketserver_networkprocessoravgidlepercent', 1)]: flat(0.2) }, 15, {
      broker: '1',
    }),
  ],
  KafkaOpenFilesHigh: [once({ [ofNode('process_open_fds', 1)]: flat(17_000) }, 10, { broker: '1' })],
  KafkaHeapAlmostFull: ['G1 Old Gen', 'Tenured Gen'].map((pool) =>
    once(
      {
        [ofNode('jvm_memory_pool_collection_max_bytes', 1, { pool })]: flat(2 ** 29),
        [ofNode('jvm_memory_pool_collection_used_bytes', 1, { pool })]: flat(0.9 * 2 ** 29),
      },
      15,
      { broker: '1' },
    ),
  ),
  KafkaGarbageCollectionLong: [
    once({ [ofNode('jvm_gc_collection_seconds_sum', 1, { gc: 'G1 Young Generation' })]: rising(9) }, 16, {
      broker: '1',
    }),
  ],
  KafkaLogCleanerStopped: [
    once({ [ofNode('kafka_log_logcleaner_deadthreadcount', 1)]: flat(1) }, 10, { broker: '1' }),
    once(
      {
        [ofNode('kafka_log_logcleanermanager_uncleanable_partitions_count', 2, { logDirectory: '/data/log' })]: flat(1),
      },
      10,
      { broker: '2' },
    ),
  ],
  ...OF_GUARDS,
  ...OF_QUORUM,
  KafkaMetadataStalled: [
    once({ [ofNode('kafka_server_broker_metadata_metrics_last_applied_record_offset', 1)]: flat(1_000) }, 6, {
      broker: '1',
    }),
    once({ [ofNode('kafka_controller_kafkacontroller_lastappliedrecordoffset', 102)]: flat(1_000) }, 6, {
      broker: '102',
    }),
  ],
  KafkaMetadataErrors: [
    once({ [ofNode('kafka_controller_kafkacontroller_metadataerrorcount', 100)]: flat(1) }, 5, { broker: '100' }),
    once({ [ofNode('kafka_server_broker_metadata_metrics_metadata_load_error_count', 1)]: flat(1) }, 5, {
      broker: '1',
    }),
    once({ [ofNode('kafka_server_broker_metadata_metrics_metadata_apply_error_count', 2)]: flat(1) }, 5, {
      broker: '2',
    }),
  ],
  KafkaMetadataVersionBehind: [
    once(everywhere('kafka_server_metadataloader_currentmetadataversion', flat(29)), 24 * 60),
  ],
  KafkaProduceErrors: [
    once({ [errors(1, { request: 'Produce', error: 'NOT_ENOUGH_REPLICAS' })]: rising(60) }, 16, {
      error: 'NOT_ENOUGH_REPLICAS',
    }),
  ],
  KafkaFetchErrors: [
    once({ [errors(1, { request: 'Fetch', error: 'OFFSET_OUT_OF_RANGE' })]: rising(600) }, 16, {
      error: 'OFFSET_OUT_OF_RANGE',
    }),
  ],
  KafkaProduceSlow: [
    once({ [ofNode(TIME, 1, { request: 'Produce', quantile: '0.99' })]: flat(2_500) }, 16, { broker: '1' }),
  ],
  KafkaFetchSlow: [
    once({ [ofNode(TIME, 1, { request: 'FetchFollower', quantile: '0.99' })]: flat(2_500) }, 16, { broker: '1' }),
    once({ [ofNode(`${TIME}_count`, 2, { request: 'FetchConsumer' })]: rising(60) }, 17, { broker: '2' }),
  ],
  KafkaOfflinePartitions: [once(everywhere('kafka_controller_kafkacontroller_offlinepartitionscount', flat(2)), 5)],
  KafkaUnderMinIsr: [once({ [ofNode('kafka_server_replicamanager_underminisrpartitioncount', 0)]: flat(3) }, 1)],
  KafkaUnderReplicated: [once({ [ofNode('kafka_server_replicamanager_underreplicatedpartitions', 0)]: flat(3) }, 15)],
  KafkaIsrShrinks: [
    once(
      {
        [ofNode('kafka_server_replicamanager_isrshrinkspersec_total', 1)]: (minute) => (minute < 2 ? 0 : 1),
        [ofNode('kafka_server_replicamanager_underreplicatedpartitions', 1)]: (minute) => (minute < 2 ? 0 : 1),
      },
      8,
      { broker: '1' },
    ),
  ],
  KafkaUncleanLeaderElection: [
    once(LAST_LEADERS_ELECTED(), 3),
    // Another election, on a controller with a previous count.
    once(
      {
        [ofNode('kafka_controller_controllerstats_uncleanleaderelectionspersec_total', 101)]: from(
          40,
          flat(2),
          flat(3),
        ),
      },
      42,
    ),
  ],
  KafkaRecordsLost: [
    once({ ...electedAt(1), [END]: from(1, flat(1_000_000), flat(999_000)) }, 3, {
      topic: 'orders',
      partition: '0',
    }),
  ],
  KafkaPreferredLeaderImbalance: [
    once(everywhere('kafka_controller_kafkacontroller_preferredreplicaimbalancecount', flat(4)), 30),
  ],
  KafkaTopicWithOneReplica: [
    once({ [ofExporter('kafka_topic_partition_replicas', { topic: 'by-hand', partition: 0 })]: flat(1) }, 15, {
      topic: 'by-hand',
    }),
  ],
  ...OF_DISKS,
  KafkaConsumerLagHigh: [
    once({ [ofExporter('kafka_consumergroup_lag', GROUP)]: flat(100_000) }, 17, {
      consumergroup: 'billing',
      topic: 'orders',
    }),
  ],
  KafkaConsumerLagGrowing: [
    once({ [ofExporter('kafka_consumergroup_lag', GROUP)]: rising(60, 0) }, 40, {
      consumergroup: 'billing',
      topic: 'orders',
    }),
  ],
  KafkaConsumerMayLoseRecords: [
    once({ [ofExporter('kafka_consumergroup_lag', GROUP)]: flat(900_000) }, 20, {
      consumergroup: 'billing',
      topic: 'orders',
    }),
  ],
  KafkaConsumerGroupWithoutMembers: [once(RETIRED, 19, { consumergroup: 'billing' })],
  KafkaTransactionOpen: [
    once({ [TRANSACTION]: rising(60, 0) }, 4, { topic: 'orders', partition: '0', transactional_id: 'payment-0' }),
  ],
  KafkaTransactionHanging: [
    once({ [HANGING]: rising(60, 0) }, 9, {
      topic: 'orders',
      partition: '0',
    }),
  ],
  KafkaDeadLetters: [
    // A client has no series before the first record.
    once({ [DEAD_LETTERS]: from(5, gone, flat(1)) }, 6, { group: 'email', topic: 'orders' }),
    once({ [DEAD_LETTERS]: from(40, flat(2), flat(3)) }, 42, { group: 'email', topic: 'orders' }),
  ],
  KafkaRecordsMissing: [
    once({ [LOG_GAPS]: from(5, gone, flat(1)) }, 6, { group: 'payment', partition: '3', reason: 'topic-recreated' }),
    once({ [LOG_GAPS]: from(40, flat(2), flat(3)) }, 42, { group: 'payment', partition: '3', topic: 'orders' }),
  ],
  KafkaRecordsNotDelivered: ['failed', 'unknown'].flatMap((outcome) => {
    const labels = { topic: 'orders', outcome };
    const of = ofClient('app_kafka_produced_total', labels);
    return [once({ [of]: from(5, gone, flat(1)) }, 6, labels), once({ [of]: from(40, flat(2), flat(3)) }, 42, labels)];
  }),
  KafkaRecordsUnprocessed: [
    once(
      { [ofClient('app_kafka_oldest_unprocessed_age_seconds', { topic: 'orders', group: 'email' })]: rising(60, 0) },
      17,
      { group: 'email', topic: 'orders' },
    ),
  ],
  KafkaLagExporterDown: [
    once({ [upOf('lag-exporter', 'kafka-lag-exporter:9308')]: flat(0) }, 5),
    once({ [upOf('lag-exporter', 'kafka-lag-exporter:9308')]: gone }, 5),
  ],
  KafkaLagExporterIncomplete: [
    once({ [ofExporter('platform_lag_exporter_last_success_timestamp_seconds')]: flat(0) }, 16),
  ],
  KafkaTopicsNotAsInCatalogue: [once({ [ofExporter('platform_catalogue_topics_differing')]: flat(2) }, 16)],
  SchemaRegistryDown: [
    once({ [upOf('registry', '10.0.0.7:9000')]: flat(0), [upOf('registry', '10.0.0.8:9000')]: gone }, 5),
  ],
  SchemaRegistryReplicaDown: [once({ [upOf('registry', '10.0.0.7:9000')]: gone }, 15)],
  KafkaUiDown: [once({ [upOf('ui', 'kafka-ui:8080')]: flat(0) }, 15)],
  KafkaClientDown: [once({ [upOf('clients', '10.0.0.9:9464')]: flat(0) }, 10, { instance: '10.0.0.9:9464' })],
};
