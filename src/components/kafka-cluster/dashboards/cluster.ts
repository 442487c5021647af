import { nodeWords, nodesOf, nodesText } from '../nodes';
import { shareQueries } from './share-queries';
import type { KafkaClusterConfig } from '../config';
import { idleShare, up } from '../../../monitoring/promql';
import type { Dashboard } from '../../../monitoring/dashboard';
import { ZERO, stat, timeSeries } from '../../../monitoring/panel';
import { chosen } from '../../../monitoring/variables';

const BROKER = chosen('broker');

/** Totals of a broker: the metric also has series for each topic. */
const total = (name: string): string =>
  `sum by (broker) (rate(kafka_server_brokertopicmetrics_${name}_total{topic="",${BROKER}}[$__rate_interval]))`;

const byBroker = (expr: string) => [{ expr, legend: 'broker {{broker}}' }];

/** Overview of the cluster, the dashboard to open first. */
export function clusterDashboard(config: KafkaClusterConfig): Dashboard {
  const { short } = nodeWords(config.brokers);
  const nodes = short === 'broker' ? 'Brokers' : 'Nodes';
  const count = nodesOf(config.brokers).length;
  const byNode = (expr: string) => [{ expr, legend: `${short} {{broker}}` }];
  return {
    id: 'cluster',
    title: 'Kafka / Cluster',
    description: 'Whether the cluster is well, what it does and how its brokers bear it',
    variables: ['broker'],
    sections: [
      {
        title: 'Now',
        panels: [
          stat(`sum(${up('kafka')})`, {
            title: `${nodes} that answer`,
            description: `There should be ${nodesText(config.brokers)}.`,
            thresholds: ['red', [count, 'green']],
          }),
          stat('sum(kafka_controller_kafkacontroller_activecontrollercount)', {
            title: 'Active controllers',
            description: 'Exactly one.',
            thresholds: ['red', [1, 'green'], [2, 'red']],
          }),
          stat('max(kafka_controller_kafkacontroller_offlinepartitionscount)', {
            title: 'Partitions without leader',
            description: 'Neither written nor read.',
            thresholds: ZERO,
          }),
          stat('sum(kafka_server_replicamanager_underminisrpartitioncount)', {
            title: 'Partitions under min ISR',
            description: 'Read, but not written with acks=all.',
            thresholds: ZERO,
          }),
          stat('sum(kafka_server_replicamanager_underreplicatedpartitions)', {
            title: 'Under-replicated partitions',
            description: 'A replica is not in sync; normal for a short time while a broker restarts.',
            thresholds: ['green', [1, 'orange']],
          }),
          stat('count(ALERTS{alertstate="firing"}) or vector(0)', {
            title: 'Alerts that fire',
            description: 'All of this Prometheus, in every severity.',
            thresholds: ZERO,
          }),
        ],
      },
      {
        title: 'Traffic',
        panels: [
          timeSeries(byBroker(total('bytesinpersec')), {
            title: 'Written by clients',
            description: 'Bytes that producers send to leaders, as they are stored.',
            unit: 'Bps',
          }),
          timeSeries(byBroker(total('bytesoutpersec')), {
            title: 'Read by clients',
            description: 'Bytes that consumers get.',
            unit: 'Bps',
          }),
          timeSeries(byBroker(total('messagesinpersec')), {
            title: 'Records written',
            description: 'A broker that has none leads nothing that is written to.',
            unit: 'recps',
          }),
          timeSeries(byBroker(total('replicationbytesinpersec')), {
            title: 'Replicated',
            description: 'Bytes that a broker fetches as follower; a peak is a replica that catches up.',
            unit: 'Bps',
          }),
          timeSeries(
            [
              { expr: total('failedproducerequestspersec'), legend: 'produce, broker {{broker}}' },
              { expr: total('failedfetchrequestspersec'), legend: 'fetch, broker {{broker}}' },
            ],
            {
              title: 'Requests that failed',
              description: 'Some while leaders move; a constant rate is a client that does something wrong.',
              unit: 'reqps',
            },
          ),
          timeSeries(
            shareQueries(config, ({ logs, claim }) => `${logs(BROKER)} / ${claim}`),
            {
              title: 'Share of the disk that logs take',
              description: 'Of the volume claim; retention has to hold it below 85 %.',
              unit: 'percentunit',
              max: 1,
            },
          ),
        ],
      },
      {
        title: 'Replicas',
        panels: [
          timeSeries(byBroker(`kafka_server_replicamanager_leadercount{${BROKER}}`), {
            title: 'Partitions led',
            description: 'Even, but for some minutes after a restart.',
          }),
          timeSeries(byBroker(`kafka_server_replicamanager_underreplicatedpartitions{${BROKER}}`), {
            title: 'Under-replicated, by their leader',
            description: 'All leaders alike: a broker is missing. One leader: its followers do not keep up.',
          }),
          timeSeries(
            [
              {
                expr: `rate(kafka_server_replicamanager_isrshrinkspersec_total{${BROKER}}[$__rate_interval])`,
                legend: 'shrinks, broker {{broker}}',
              },
              {
                expr: `rate(kafka_server_replicamanager_isrexpandspersec_total{${BROKER}}[$__rate_interval])`,
                legend: 'expands, broker {{broker}}',
              },
            ],
            {
              title: 'Changes of replicas in sync',
              description: 'Shrinks without restarts are followers that are too slow.',
            },
          ),
        ],
      },
      {
        title: nodes,
        panels: [
          timeSeries(
            byBroker(
              idleShare(
                `kafka_server_kafkarequesthandlerpool_brokerrequesthandleravgidlepercent_total{${BROKER}}`,
                '$__rate_interval',
              ),
            ),
            {
              title: 'Request handlers idle',
              description: 'Below 30 % requests queue.',
              unit: 'percentunit',
              max: 1,
            },
          ),
          timeSeries(byNode(`kafka_network_socketserver_networkprocessoravgidlepercent{${BROKER}}`), {
            title: 'Network threads idle',
            description: 'Below 30 % requests are read late.',
            unit: 'percentunit',
            max: 1,
          }),
          timeSeries(byNode(`rate(process_cpu_seconds_total{job="kafka",${BROKER}}[$__rate_interval])`), {
            title: 'CPU',
            description: 'Cores in use.',
          }),
          timeSeries(byNode(`sum by (broker) (jvm_memory_used_bytes{job="kafka",area="heap",${BROKER}})`), {
            title: 'Heap in use',
            description: 'A saw-tooth whose lower end stays where it is.',
            unit: 'bytes',
          }),
          timeSeries(
            byNode(`sum by (broker) (rate(jvm_gc_collection_seconds_sum{job="kafka",${BROKER}}[$__rate_interval]))`),
            {
              title: 'Time in garbage collection',
              description: 'Above some percent, replicas fall out of sync and sessions end.',
              unit: 'percentunit',
            },
          ),
          timeSeries(byNode(`process_open_fds{job="kafka",${BROKER}} / process_max_fds{job="kafka",${BROKER}}`), {
            title: 'File descriptors in use',
            description: 'At all of them it can neither accept connections nor open segments.',
            unit: 'percentunit',
            max: 1,
          }),
        ],
      },
    ],
  };
}
