import { nodeWords, votersOf } from '../nodes';
import type { KafkaClusterConfig } from '../config';
import { idleShare } from '../../../monitoring/promql';
import type { Dashboard } from '../../../monitoring/dashboard';
import { ZERO, stat, table, timeSeries, type Query } from '../../../monitoring/panel';
import { chosen } from '../../../monitoring/variables';

const BROKER = chosen('broker');

const gauge = (name: string): string => `${name}{${BROKER}}`;

/** Node id of the voter that leads, as it says itself: the others go on naming the last leader that they knew. */
const LEADER =
  'max(kafka_server_raft_metrics_current_leader and on (instance)' +
  ' kafka_server_raft_metrics_current_state_info{current_state="leader"}) or vector(-1)';

/** The metadata quorum and the controller. */
export function kraftDashboard({ brokers }: KafkaClusterConfig): Dashboard {
  const { short } = nodeWords(brokers);
  const byNode = (expr: string): readonly Query[] => [{ expr, legend: `${short} {{broker}}` }];
  return {
    id: 'kraft',
    title: 'Kafka / KRaft',
    description: 'Whether the metadata quorum has a leader, and whether everybody follows',
    variables: ['broker'],
    sections: [
      {
        title: 'Now',
        panels: [
          stat(LEADER, {
            title: 'Leader',
            description: 'Its node id; -1 when no voter leads.',
            thresholds: ['red', [0, 'green']],
          }),
          stat('count(kafka_server_raft_metrics_current_state_info{current_state=~"leader|follower"})', {
            title: 'Voters that take part',
            description: `All ${votersOf(brokers).length}; at a majority the next loss stops the quorum.`,
            thresholds: ['red', [votersOf(brokers).length, 'green']],
          }),
          stat('max(kafka_server_raft_metrics_current_epoch)', {
            title: 'Epoch',
            description: 'Grows with each election.',
          }),
          stat('max(kafka_controller_kafkacontroller_fencedbrokercount)', {
            title: 'Fenced brokers',
            description: 'Registered, and not heard of.',
            thresholds: ZERO,
          }),
          stat(
            'sum(kafka_controller_kafkacontroller_metadataerrorcount) + ' +
              'sum(kafka_server_broker_metadata_metrics_metadata_load_error_count) + ' +
              'sum(kafka_server_broker_metadata_metrics_metadata_apply_error_count)',
            {
              title: 'Metadata errors',
              description: 'Records that a node could not apply since its start.',
              thresholds: ZERO,
            },
          ),
          stat('max(kafka_server_metadataloader_currentmetadataversion)', {
            title: 'Metadata version',
            description: 'As Kafka numbers its feature levels.',
          }),
        ],
      },
      {
        title: 'Quorum',
        panels: [
          table(
            [
              {
                expr: `max by (broker, current_state) (${gauge('kafka_server_raft_metrics_current_state_info')})`,
                legend: 'is',
              },
            ],
            {
              title: 'State of each node',
              description: `One leader, all other voters followers${short === 'broker' ? '' : ', brokers observers'}.`,
              width: 8,
            },
          ),
          timeSeries(
            byNode(
              'max(kafka_server_raft_metrics_log_end_offset) - on () group_right () ' +
                gauge('kafka_server_raft_metrics_log_end_offset'),
            ),
            { title: 'Records behind the leader', description: `Some, as ${short}s are scraped one after the other.` },
          ),
          timeSeries(byNode(gauge('kafka_server_raft_metrics_current_leader')), {
            title: 'Leader, as each node sees it',
            description:
              'All alike; -1 is a node that knows none. Without a majority, nodes go on naming the last one.',
          }),
          timeSeries(byNode(gauge('kafka_server_raft_metrics_append_records_rate')), {
            title: 'Records appended in a second',
            description: 'Two from the leader when nothing happens.',
            unit: 'recps',
          }),
          timeSeries(byNode(gauge('kafka_server_raft_metrics_commit_latency_avg')), {
            title: 'Time to commit',
            description: 'How long a majority takes for a record; grows with slow disks.',
            unit: 'ms',
          }),
          timeSeries(byNode(gauge('kafka_server_raft_metrics_poll_idle_ratio_avg')), {
            title: 'Quorum thread idle',
            description: 'Near 100 %.',
            unit: 'percentunit',
            max: 1,
          }),
        ],
      },
      {
        title: 'Controller and metadata',
        panels: [
          timeSeries(
            [
              {
                expr: gauge('kafka_server_broker_metadata_metrics_last_applied_record_lag_ms'),
                legend: 'as broker, {{broker}}',
              },
              {
                expr: gauge('kafka_controller_kafkacontroller_lastappliedrecordlagms'),
                legend: 'as controller, {{broker}}',
              },
            ],
            { title: 'Age of the last record applied', description: 'Below a second or so, always.', unit: 'ms' },
          ),
          timeSeries(byNode(`kafka_controller_controllereventmanager_eventqueuetimems{quantile="0.99",${BROKER}}`), {
            title: 'Wait in the controller’s queue, p99',
            description: 'How busy the controller is.',
            unit: 'ms',
          }),
          timeSeries(
            byNode(`kafka_controller_controllereventmanager_eventqueueprocessingtimems{quantile="0.99",${BROKER}}`),
            {
              title: 'Time of an event in the controller, p99',
              description: 'Large for bulk changes of topics.',
              unit: 'ms',
            },
          ),
          timeSeries(
            byNode(
              idleShare(
                `kafka_server_kafkarequesthandlerpool_controllerrequesthandleravgidlepercent_total{${BROKER}}`,
                '$__rate_interval',
              ),
            ),
            {
              title: 'Controller’s request handlers idle',
              description: 'Apart from those of brokers, as the two have threads of their own.',
              unit: 'percentunit',
              max: 1,
            },
          ),
          timeSeries(
            [
              { expr: 'max(kafka_controller_kafkacontroller_globalpartitioncount)', legend: 'partitions' },
              { expr: 'max(kafka_controller_kafkacontroller_globaltopiccount)', legend: 'topics' },
            ],
            { title: 'Topics and partitions', description: 'What the controller has to keep in mind.' },
          ),
          timeSeries(
            [{ expr: 'max(kafka_controller_kafkacontroller_preferredreplicaimbalancecount)', legend: 'partitions' }],
            {
              title: 'Not led by the preferred replica',
              description: 'Some after a restart, none 5 minutes later.',
            },
          ),
        ],
      },
    ],
  };
}
