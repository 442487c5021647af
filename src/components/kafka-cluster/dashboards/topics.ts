import type { KafkaClusterConfig } from '../config';
import { keptByRetention, logCapacity } from '../alerts/capacity';
import { volumesOf, type Volumes } from '../volumes';
import { shareQueries } from './share-queries';
import type { Dashboard } from '../../../monitoring/dashboard';
import { ZERO, stat, table, timeSeries, type Query } from '../../../monitoring/panel';
import { chosen } from '../../../monitoring/variables';

const TOPIC = chosen('topic');

const byTopic = (expr: string): readonly Query[] => [{ expr, legend: '{{topic}}' }];

const perSecond = (name: string): string =>
  `sum by (topic) (rate(kafka_server_brokertopicmetrics_${name}_total{topic!="",${TOPIC}}[$__rate_interval]))`;

/** Topics, their disk usage and its forecast. */
export function topicsDashboard(config: KafkaClusterConfig): Dashboard {
  const volumes = volumesOf(config);
  const shares = volumes.map(({ logs, claim }) => `${logs()} / ${claim}`);
  const inADay = shareQueries(
    config,
    ({ logs, claim }: Volumes) => `predict_linear((${logs()})[6h:10m], 86400) / ${claim}`,
  );
  const capacity = logCapacity(config);
  return {
    id: 'topics',
    title: 'Kafka / Topics and retention',
    description: 'What topics take, what retention lets them come to, and whether disks have room for it',
    variables: ['topic'],
    sections: [
      {
        title: 'Room',
        panels: [
          stat(`max(${shares.join(' or ')})`, {
            title: 'Fullest disk',
            description: 'Logs as share of the volume claim.',
            unit: 'percentunit',
            thresholds: ['green', [0.7, 'orange'], [0.85, 'red']],
            width: 6,
          }),
          stat(`sum(${keptByRetention(config).join(' or ')}) / ${capacity.bytes}`, {
            title: 'What retention comes to',
            description:
              `Bytes that are there once retention deletes as much as is written in a day, as share of what logs may ` +
              `take: ${capacity.arithmetic}.`,
            unit: 'percentunit',
            thresholds: ['green', [0.8, 'orange'], [1, 'red']],
            width: 6,
          }),
          stat('sum(kafka_topic_partition_under_replicated_partition)', {
            title: 'Under-replicated partitions',
            description: 'As the cluster’s metadata tells it, without Kafka’s own topics.',
            thresholds: ZERO,
            width: 6,
          }),
          stat('count(kafka_topic_partition_replicas == 1) or vector(0)', {
            title: 'Partitions with one replica',
            description: 'Away with every restart of their broker.',
            thresholds: ['green', [1, 'orange']],
            width: 6,
          }),
          timeSeries(inADay, {
            title: 'Share of the disk that logs take in a day',
            description: 'The line of the last 6 hours, drawn on.',
            unit: 'percentunit',
            width: 12,
          }),
          timeSeries(byTopic(keptByRetention(config).join(' or ')), {
            title: 'What retention comes to, by topic',
            description: 'On all brokers together, if it is written to as in the last day.',
            unit: 'bytes',
            width: 12,
          }),
        ],
      },
      {
        title: 'Topics',
        panels: [
          timeSeries(byTopic(`sum by (topic) (kafka_log_log_size{${TOPIC}})`), {
            title: 'Size',
            description: 'With all replicas.',
            unit: 'bytes',
          }),
          timeSeries(byTopic(perSecond('bytesinpersec')), {
            title: 'Bytes written',
            description: 'By clients, replicas not counted.',
            unit: 'Bps',
          }),
          timeSeries(byTopic(perSecond('messagesinpersec')), {
            title: 'Records written',
            description: 'By clients.',
            unit: 'recps',
          }),
          timeSeries(byTopic(perSecond('bytesoutpersec')), {
            title: 'Bytes read',
            description: 'By clients; more than is written when several groups read.',
            unit: 'Bps',
          }),
          timeSeries(
            byTopic(
              `sum by (topic) (kafka_topic_partition_current_offset{${TOPIC}} - kafka_topic_partition_oldest_offset{${TOPIC}})`,
            ),
            { title: 'Offsets kept', description: 'Records of a topic that is not compacted.' },
          ),
          timeSeries(byTopic(`sum by (topic) (kafka_topic_partition_under_replicated_partition{${TOPIC}})`), {
            title: 'Under-replicated partitions, by topic',
            description: 'Which topics a missing replica concerns.',
          }),
          table(
            [
              { expr: `sum by (topic) (kafka_topic_partitions{${TOPIC}})`, legend: 'partitions' },
              { expr: `min by (topic) (kafka_topic_partition_replicas{${TOPIC}})`, legend: 'replicas' },
              { expr: `min by (topic) (kafka_topic_partition_in_sync_replica{${TOPIC}})`, legend: 'least in sync' },
              {
                expr: `sum by (topic) (1 - kafka_topic_partition_leader_is_preferred{${TOPIC}})`,
                legend: 'led by another',
              },
            ],
            { title: 'Partitions and replicas', description: 'One row for each topic.', width: 24 },
          ),
        ],
      },
    ],
  };
}
