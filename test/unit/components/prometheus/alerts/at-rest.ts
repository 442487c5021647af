import { named } from '../../../../support/series';

/** Value of a series in each minute; a stale series has ended. */
export type Course = (minute: number) => number | 'stale';

/** Courses by the name of the series. */
export type Courses = Readonly<Record<string, Course>>;

type Labels = Readonly<Record<string, string | number>>;

export const flat =
  (value: number): Course =>
  () =>
    value;

export const rising =
  (perMinute: number, start = perMinute * 1_000): Course =>
  (minute) =>
    start + perMinute * minute;

/** One course after the other. */
export const from =
  (start: number, before: Course, after: Course): Course =>
  (minute) =>
    minute < start ? before(minute) : after(minute);

export const BROKERS = [0, 1, 2] as const;

export const CONTROLLERS = [100, 101, 102] as const;

export const NODES: readonly number[] = [...BROKERS, ...CONTROLLERS];

const isController = (node: number): boolean => CONTROLLERS.some((id) => id === node);

const podOf = (node: number): string => `kafka-${isController(node) ? 'controller' : 'broker'}-${node}`;

/** A scraped series of a broker or controller. */
export const ofNode = (name: string, node: number, labels: Labels = {}): string =>
  named(name, { ...labels, broker: node, instance: `${podOf(node)}:9404`, job: 'kafka' });

/** A series of the guard beside a node. */
export const ofGuard = (name: string, node: number, labels: Labels = {}): string =>
  named(name, { ...labels, broker: node, instance: `${podOf(node)}:9190`, job: 'guard' });

/** A series of the lag exporter. */
export const ofExporter = (name: string, labels: Labels = {}): string =>
  named(name, { ...labels, instance: 'kafka-lag-exporter:9308', job: 'lag-exporter' });

/** A series of a client that serves metrics. */
export const ofClient = (name: string, labels: Labels = {}): string =>
  named(name, { ...labels, instance: '10.0.0.9:9464', job: 'clients' });

export const upOf = (job: string, instance: string): string => named('up', { instance, job });

/** Before the start of Prometheus. */
const LONG_AGO = -100_000;

/** A series of a node by its name and labels. */
type Own = (name: string, labels?: Labels) => string;

const own =
  (id: number): Own =>
  (name, labels) =>
    ofNode(name, id, labels);

/** Of a healthy node in any role, as scraped from real ones. @param state its state in the quorum */
const node = (id: number, leader: number, state: string): Courses => {
  const of = own(id);
  return {
    [of('up')]: flat(1),
    [of('process_open_fds')]: flat(400),
    [of('process_start_time_seconds')]: flat(LONG_AGO),
    [of('process_max_fds')]: flat(20_000),
    [of('kafka_log_log_size', { partition: 0, topic: '__cluster_metadata' })]: rising(5_000),
    [of('jvm_gc_collection_seconds_sum', { gc: 'G1 Young Generation' })]: rising(0.5),
    [of('jvm_gc_collection_seconds_sum', { gc: 'G1 Concurrent GC' })]: rising(30),
    [of('jvm_memory_pool_collection_max_bytes', { pool: 'G1 Old Gen' })]: flat(2 ** 29),
    [of('jvm_memory_pool_collection_used_bytes', { pool: 'G1 Old Gen' })]: flat(2 ** 28),
    [of('kafka_network_socketserver_networkprocessoravgidlepercent')]: flat(0.99),
    [of('kafka_server_metadataloader_currentmetadataversion')]: flat(30),
    [of('kafka_server_node_metrics_maximum_supported_level', { feature_name: 'metadata-version' })]: flat(30),
    [of('kafka_server_node_metrics_maximum_supported_level', { feature_name: 'transaction-version' })]: flat(2),
    [of('kafka_server_raft_metrics_current_leader')]: flat(leader),
    [of('kafka_server_raft_metrics_log_end_offset')]: rising(120),
    [of('kafka_server_raft_metrics_current_state_info', { current_state: state })]: flat(1),
  };
};

/** Of a healthy controller. */
const controller = (id: number, leader: number): Courses => {
  const of = own(id);
  return {
    [of('kafka_controller_kafkacontroller_activecontrollercount')]: flat(id === leader ? 1 : 0),
    [of('kafka_controller_kafkacontroller_fencedbrokercount')]: flat(0),
    [of('kafka_controller_kafkacontroller_lastappliedrecordoffset')]: rising(120),
    [of('kafka_controller_kafkacontroller_metadataerrorcount')]: flat(0),
    [of('kafka_controller_kafkacontroller_offlinepartitionscount')]: flat(0),
    [of('kafka_controller_kafkacontroller_preferredreplicaimbalancecount')]: flat(0),
    [of('kafka_controller_controllerstats_uncleanleaderelectionspersec_total')]: flat(0),
  };
};

/** Of one of three healthy brokers. */
const broker = (id: number): Courses => {
  const of = own(id);
  return {
    [of('kafka_log_log_size', { partition: 0, topic: 'orders' })]: flat(1e8),
    [of('kafka_log_logcleaner_deadthreadcount')]: flat(0),
    [of('kafka_log_logcleanermanager_uncleanable_partitions_count', { logDirectory: '/data/log' })]: flat(0),
    [of('kafka_log_logmanager_offlinelogdirectorycount')]: flat(0),
    [of('kafka_network_requestmetrics_errorspersec_total', { request: 'Produce', error: 'NONE' })]: rising(600),
    [of('kafka_network_requestmetrics_errorspersec_total', { request: 'Fetch', error: 'NONE' })]: rising(6_000),
    [of('kafka_network_requestmetrics_totaltimems', { request: 'Produce', quantile: '0.99' })]: flat(40),
    [of('kafka_network_requestmetrics_totaltimems_count', { request: 'Produce' })]: rising(600),
    [of('kafka_network_requestmetrics_totaltimems', { request: 'FetchFollower', quantile: '0.99' })]: flat(520),
    [of('kafka_network_requestmetrics_totaltimems_count', { request: 'FetchFollower' })]: rising(120),
    // The last fetch was slow and happened yesterday; its time is still exported.
    [of('kafka_network_requestmetrics_totaltimems', { request: 'FetchConsumer', quantile: '0.99' })]: flat(30_000),
    [of('kafka_network_requestmetrics_totaltimems_count', { request: 'FetchConsumer' })]: flat(7),
    [of('kafka_server_broker_metadata_metrics_last_applied_record_offset')]: rising(120),
    [of('kafka_server_broker_metadata_metrics_metadata_apply_error_count')]: flat(0),
    [of('kafka_server_broker_metadata_metrics_metadata_load_error_count')]: flat(0),
    [of('kafka_server_brokertopicmetrics_bytesinpersec_total')]: rising(6_000_000),
    [of('kafka_server_brokertopicmetrics_bytesinpersec_total', { topic: 'orders' })]: rising(6_000),
    [of('kafka_server_kafkarequesthandlerpool_brokerrequesthandleravgidlepercent_total')]: rising(59e9),
    [of('kafka_server_replicamanager_isrshrinkspersec_total')]: flat(0),
    [of('kafka_server_replicamanager_underminisrpartitioncount')]: flat(0),
    [of('kafka_server_replicamanager_underreplicatedpartitions')]: flat(0),
  };
};

/** Its guard, of which nothing is asked. */
const guard = (id: number): Courses => ({
  [ofGuard('up', id)]: flat(1),
  [ofGuard('kafka_guard_catch_up_idle_seconds', id)]: flat(0),
  [ofGuard('kafka_guard_stop_held_up_seconds', id, { obstacle: 'none' })]: flat(0),
  ...Object.fromEntries(
    NODES.map((node) => [
      ofGuard('kafka_guard_stop_in_spite_timestamp_seconds', id, { node, cause: 'passed' }),
      flat(0),
    ]),
  ),
});

export const GROUP = { consumergroup: 'billing', topic: 'orders', partition: 0 } as const;

export const PARTITION = { topic: 'orders', partition: 0 } as const;

/** An open transaction that its coordinator knows. */
export const TRANSACTION = ofExporter('kafka_topic_partition_open_transaction_age_seconds', {
  ...PARTITION,
  transactional_id: 'payment-0',
  state: 'open',
});

/** Each follows the first. */
const voters = (ids: readonly [number, ...number[]]): Courses =>
  together(ids, (id) => ({ ...node(id, ids[0], id === ids[0] ? 'leader' : 'follower'), ...controller(id, ids[0]) }));

const together = (ids: readonly number[], series: (id: number) => Courses): Courses =>
  Object.fromEntries(ids.flatMap((id) => Object.entries(series(id))));

/** The series that a healthy cluster has beside those of its nodes. */
const AROUND: Courses = {
  [upOf('lag-exporter', 'kafka-lag-exporter:9308')]: flat(1),
  [upOf('registry', '10.0.0.7:9000')]: flat(1),
  [upOf('registry', '10.0.0.8:9000')]: flat(1),
  [upOf('ui', 'kafka-ui:8080')]: flat(1),
  [upOf('clients', '10.0.0.9:9464')]: flat(1),
  [ofClient('process_start_time_seconds')]: flat(LONG_AGO),
  [ofClient('app_kafka_produced_total', { topic: 'orders', outcome: 'delivered' })]: rising(120),
  [ofClient('app_kafka_dead_letters_total', { topic: 'payments', group: 'analytics' })]: flat(4),
  [ofClient('app_kafka_log_gaps_total', {
    topic: 'payments',
    group: 'analytics',
    partition: '0',
    reason: 'log-starts-later',
  })]: flat(2),
  [ofClient('app_kafka_oldest_unprocessed_age_seconds', { topic: 'orders', group: 'email' })]: (minute) => minute % 3,
  [ofClient('app_kafka_oldest_unprocessed_age_seconds', { topic: 'orders.billing.retry.2h', group: 'billing' })]:
    flat(7_200),
  [ofExporter('platform_lag_exporter_last_success_timestamp_seconds')]: rising(60, 0),
  [ofExporter('platform_catalogue_topics_differing')]: flat(0),
  [ofExporter('kafka_topic_partition_replicas', PARTITION)]: flat(3),
  [ofExporter('kafka_topic_partition_current_offset', PARTITION)]: rising(6_000, 1e6),
  [ofExporter('kafka_topic_partition_oldest_offset', PARTITION)]: rising(6_000, 0),
  [ofExporter('kafka_consumergroup_lag', GROUP)]: (minute) => 100 + (minute % 3) * 50,
  [ofExporter('kafka_consumergroup_lag', { ...GROUP, partition: 1 })]: flat(-1),
  [ofExporter('kafka_consumergroup_current_offset', GROUP)]: rising(6_000, 1e6),
  [ofExporter('kafka_consumergroup_members', { consumergroup: 'billing' })]: flat(3),
  // A group that has never committed and never will; it has no lag.
  [ofExporter('kafka_consumergroup_members', { consumergroup: 'looked-once' })]: flat(0),
  // Every scrape sees another transaction, which ends within a second.
  [TRANSACTION]: (minute) => minute % 2,
};

/** All series of a healthy cluster with controllers of its own. */
export const AT_REST: Courses = {
  ...AROUND,
  ...voters(CONTROLLERS),
  ...together(BROKERS, (id) => ({ ...node(id, CONTROLLERS[0], 'observer'), ...broker(id) })),
  ...together(NODES, guard),
};

/** All series of a healthy cluster whose brokers are its controllers. */
export const COMBINED_AT_REST: Courses = {
  ...AROUND,
  ...voters(BROKERS),
  ...together(BROKERS, broker),
  ...together(BROKERS, guard),
};
