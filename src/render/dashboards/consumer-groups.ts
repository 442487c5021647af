import type { Platform } from '../../config/load';
import type { Dashboard } from './dashboard';
import type { Section } from './layout';
import { stat, table, timeSeries, type Query } from './panel';
import { chosen } from './variables';

const GROUP = chosen('consumergroup');
const BOTH = `${GROUP},${chosen('topic')}`;

const byGroup = (expr: string): readonly Query[] => [{ expr, legend: '{{consumergroup}}' }];
const byTopic = (expr: string): readonly Query[] => [{ expr, legend: '{{consumergroup}}, {{topic}}' }];

/** Without partitions on which nothing is committed. */
const LAG = `sum by (consumergroup, topic) (kafka_consumergroup_lag{${BOTH}} >= 0)`;

const WRITTEN = `sum by (topic) (rate(kafka_topic_partition_current_offset{${chosen('topic')}}[$__rate_interval]))`;

/** Who reads, and how far behind. */
export const consumerGroupsDashboard = (config: Platform): Dashboard => ({
  id: 'consumer-groups',
  title: 'Kafka / Consumer groups',
  description: 'Who reads what, how far behind, and whether it is catching up',
  variables: ['consumergroup', 'topic'],
  sections: [
    {
      title: 'Lag',
      panels: [
        timeSeries(byTopic(LAG), {
          title: 'Records to read',
          description: 'Flat is well. Growing: it does not keep up, or has stopped.',
          width: 12,
        }),
        timeSeries(byTopic(`${LAG} / on (topic) group_left () ${WRITTEN}`), {
          title: 'Time behind',
          description: 'For how long as much was written as is still to read; nothing while nothing is written.',
          unit: 's',
          width: 12,
        }),
        timeSeries(
          byTopic(
            `sum by (consumergroup, topic) (rate(kafka_consumergroup_current_offset_sum{${BOTH}}[$__rate_interval]))`,
          ),
          { title: 'Records read', description: 'By what is committed, so in steps.', unit: 'recps', width: 12 },
        ),
        timeSeries([{ expr: WRITTEN, legend: '{{topic}}' }], {
          title: 'Records written',
          description: 'What a group has to keep up with.',
          unit: 'recps',
          width: 12,
        }),
      ],
    },
    {
      title: 'Groups',
      panels: [
        timeSeries(byGroup(`kafka_consumergroup_members{${GROUP}}`), {
          title: 'Members',
          description: 'None: nobody reads. Changing: members come and go, and rebalance each time.',
          width: 12,
        }),
        table(
          [
            {
              expr: `topk(20, sum by (consumergroup, topic, partition) (kafka_consumergroup_lag{${BOTH}} >= 0))`,
              legend: 'lag',
            },
          ],
          {
            title: 'Partitions that are farthest behind',
            description:
              'One partition only: a record that cannot be processed, or a key that has most of the records.',
          },
        ),
      ],
    },
    ...exporter(config),
  ],
});

/** Only the platform's own exporter tells how it reads. */
function exporter({ monitoring }: Platform): readonly Section[] {
  if (monitoring.lagExporter.provider !== 'platform') return [];
  return [
    {
      title: 'The exporter',
      panels: [
        stat('time() - max(platform_lag_exporter_last_success_timestamp_seconds)', {
          title: 'Last complete reading',
          description: 'Seconds ago; older ones are shown above with gaps.',
          unit: 's',
          thresholds: ['green', [300, 'orange'], [900, 'red']],
          width: 6,
        }),
        stat('sum(increase(platform_lag_exporter_scrape_failures_total[1h]))', {
          title: 'Incomplete readings in an hour',
          description: 'Some while brokers restart.',
          thresholds: ['green', [60, 'orange']],
          width: 6,
        }),
        timeSeries([{ expr: 'platform_lag_exporter_scrape_duration_seconds', legend: 'reading' }], {
          title: 'Time that a reading takes',
          description: 'Prometheus waits for it.',
          unit: 's',
          width: 12,
        }),
      ],
    },
  ];
}
