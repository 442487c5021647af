import {
  BROKERS,
  GROUP,
  flat,
  from,
  ofBroker,
  ofClient,
  ofExporter,
  rising,
  upOf,
  type Course,
  type Courses,
} from './at-rest';

/** What goes wrong, and what the alert about it then says. */
export interface Case {
  /** Courses that differ from those at rest. */
  readonly changes: Courses;
  /** When it has to fire, in minutes. */
  readonly minute: number;
  /** Labels by which a person knows what is concerned. */
  readonly labels: Readonly<Record<string, string>>;
}

const gone: Course = () => 'stale';

export const DEAD_LETTERS = ofClient('app_kafka_dead_letters_total', { topic: 'orders', group: 'email' });

const everywhere = (name: string, course: Course): Courses =>
  Object.fromEntries(BROKERS.map((id) => [ofBroker(name, id), course]));

const once = (changes: Courses, minute: number, labels: Case['labels'] = {}): Case => ({ changes, minute, labels });

/** One case at least for each alert. */
export const FIRING: Readonly<Record<string, readonly Case[]>> = {
  KafkaBrokerDown: [
    once({ [ofBroker('up', 1)]: flat(0) }, 5, { broker: '1' }),
    // A pod that is gone is no target, and so has no `up` either.
    once({ [ofBroker('up', 2)]: gone }, 5, { broker: '2' }),
  ],
  KafkaBrokerFenced: [once(everywhere('kafka_controller_kafkacontroller_fencedbrokercount', flat(1)), 10)],
  KafkaLogDirectoryOffline: [
    once({ [ofBroker('kafka_log_logmanager_offlinelogdirectorycount', 1)]: flat(1) }, 1, { broker: '1' }),
  ],
  KafkaRequestHandlersBusy: [
    once(
      {
        [ofBroker('kafka_server_kafkarequesthandlerpool_brokerrequesthandleravgidlepercent_total', 1)]: rising(15e9),
      },
      21,
      { broker: '1' },
    ),
  ],
  KafkaNetworkThreadsBusy: [
    once({ [ofBroker('kafka_network_socketserver_networkprocessoravgidlepercent', 1)]: flat(0.2) }, 15, {
      broker: '1',
    }),
  ],
  KafkaOpenFilesHigh: [once({ [ofBroker('process_open_fds', 1)]: flat(17_000) }, 10, { broker: '1' })],
  KafkaLogCleanerStopped: [
    once({ [ofBroker('kafka_log_logcleaner_deadthreadcount', 1)]: flat(1) }, 10, { broker: '1' }),
    once(
      {
        [ofBroker('kafka_log_logcleanermanager_uncleanable_partitions_count', 2, { logDirectory: '/data/log' })]:
          flat(1),
      },
      10,
      { broker: '2' },
    ),
  ],
  KafkaActiveControllers: [
    once(everywhere('kafka_controller_kafkacontroller_activecontrollercount', flat(0)), 5),
    once(everywhere('kafka_controller_kafkacontroller_activecontrollercount', flat(1)), 5),
    // Brokers answer and tell nothing.
    once(everywhere('kafka_controller_kafkacontroller_activecontrollercount', gone), 5),
  ],
  KafkaQuorumLeaderless: [once(everywhere('kafka_server_raft_metrics_current_leader', flat(-1)), 5)],
  KafkaQuorumAtEdge: [
    once(
      {
        [ofBroker('kafka_server_raft_metrics_current_state_info', 2, { current_state: 'follower' })]: gone,
        [ofBroker('kafka_server_raft_metrics_current_state_info', 2, { current_state: 'candidate' })]: flat(1),
      },
      10,
    ),
  ],
  KafkaVoterBehind: [
    once({ [ofBroker('kafka_server_raft_metrics_log_end_offset', 2)]: flat(1_000) }, 15, { broker: '2' }),
  ],
  KafkaMetadataStalled: [
    once({ [ofBroker('kafka_server_broker_metadata_metrics_last_applied_record_offset', 1)]: flat(1_000) }, 6, {
      broker: '1',
    }),
    once({ [ofBroker('kafka_controller_kafkacontroller_lastappliedrecordoffset', 2)]: flat(1_000) }, 6, {
      broker: '2',
    }),
  ],
  KafkaMetadataErrors: [
    once({ [ofBroker('kafka_controller_kafkacontroller_metadataerrorcount', 0)]: flat(1) }, 5, { broker: '0' }),
    once({ [ofBroker('kafka_server_broker_metadata_metrics_metadata_load_error_count', 1)]: flat(1) }, 5, {
      broker: '1',
    }),
    once({ [ofBroker('kafka_server_broker_metadata_metrics_metadata_apply_error_count', 2)]: flat(1) }, 5, {
      broker: '2',
    }),
  ],
  KafkaMetadataVersionBehind: [
    once(everywhere('kafka_server_metadataloader_currentmetadataversion', flat(29)), 24 * 60),
  ],
  KafkaOfflinePartitions: [once(everywhere('kafka_controller_kafkacontroller_offlinepartitionscount', flat(2)), 5)],
  KafkaUnderMinIsr: [once({ [ofBroker('kafka_server_replicamanager_underminisrpartitioncount', 0)]: flat(3) }, 5)],
  KafkaUnderReplicated: [once({ [ofBroker('kafka_server_replicamanager_underreplicatedpartitions', 0)]: flat(3) }, 15)],
  KafkaIsrShrinks: [
    once(
      {
        [ofBroker('kafka_server_replicamanager_isrshrinkspersec_total', 1)]: (minute) => (minute < 2 ? 0 : 1),
        [ofBroker('kafka_server_replicamanager_underreplicatedpartitions', 1)]: (minute) => (minute < 2 ? 0 : 1),
      },
      8,
      { broker: '1' },
    ),
  ],
  KafkaUncleanLeaderElection: [
    once(
      {
        [ofBroker('kafka_controller_controllerstats_uncleanleaderelectionspersec_total', 0)]: (minute) =>
          minute < 2 ? 0 : 1,
      },
      3,
    ),
  ],
  KafkaPreferredLeaderImbalance: [
    once(everywhere('kafka_controller_kafkacontroller_preferredreplicaimbalancecount', flat(4)), 30),
  ],
  KafkaTopicWithOneReplica: [
    once({ [ofExporter('kafka_topic_partition_replicas', { topic: 'by-hand', partition: 0 })]: flat(1) }, 15, {
      topic: 'by-hand',
    }),
  ],
  KafkaDiskAlmostFull: [
    once({ [ofBroker('kafka_log_log_size', 1, { partition: 0, topic: 'orders' })]: flat(3.5 * 2 ** 30) }, 5, {
      broker: '1',
    }),
  ],
  // 1 MiB a minute is 4.2 GiB in three days.
  KafkaDiskWillFill: [
    once({ [ofBroker('kafka_log_log_size', 1, { partition: 0, topic: 'orders' })]: rising(2 ** 20, 1e8) }, 90, {
      broker: '1',
    }),
  ],
  // 16 KiB a second, for 7 days on 3 brokers, are 27 GiB; the three claims have 4 GiB each.
  KafkaRetentionDoesNotFit: [
    once(
      {
        [ofBroker('kafka_server_brokertopicmetrics_bytesinpersec_total', 1, { topic: 'orders' })]: rising(
          16 * 60 * 1_024 * 24,
        ),
      },
      3 * 60,
    ),
  ],
  KafkaConsumerLagHigh: [
    once({ [ofExporter('kafka_consumergroup_lag', GROUP)]: flat(100_000) }, 17, {
      consumergroup: 'billing',
      topic: 'orders',
    }),
  ],
  KafkaConsumerLagGrowing: [
    once({ [ofExporter('kafka_consumergroup_lag', GROUP)]: rising(300, 0) }, 40, {
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
  KafkaDeadLetters: [
    // A client has no series before the first.
    once({ [DEAD_LETTERS]: from(5, gone, flat(1)) }, 6, { group: 'email', topic: 'orders' }),
    once({ [DEAD_LETTERS]: from(40, flat(2), flat(3)) }, 42, { group: 'email', topic: 'orders' }),
  ],
  KafkaRecordsNotDelivered: ['failed', 'unknown'].map((outcome) =>
    once({ [ofClient('app_kafka_produced_total', { topic: 'orders', outcome })]: from(5, gone, flat(1)) }, 6, {
      topic: 'orders',
      outcome,
    }),
  ),
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
  SchemaRegistryDown: [
    once({ [upOf('registry', '10.0.0.7:9000')]: flat(0), [upOf('registry', '10.0.0.8:9000')]: gone }, 5),
  ],
  SchemaRegistryReplicaDown: [once({ [upOf('registry', '10.0.0.7:9000')]: gone }, 15)],
  KafkaUiDown: [once({ [upOf('ui', 'kafka-ui:8080')]: flat(0) }, 15)],
  KafkaClientDown: [once({ [upOf('clients', '10.0.0.9:9464')]: flat(0) }, 10, { instance: '10.0.0.9:9464' })],
};
