import type { LagExporterConfig } from './config';
import type { Dashboard } from '../../monitoring/dashboard';
import type { Section } from '../../monitoring/layout';
import { stat, table, timeSeries, type Query } from '../../monitoring/panel';
import { chosen } from '../../monitoring/variables';

const GROUP = chosen('consumergroup');
const BOTH = `${GROUP},${chosen('topic')}`;

const byGroup = (expr: string): readonly Query[] => [{ expr, legend: '{{consumergroup}}' }];
const byTopic = (expr: string): readonly Query[] => [{ expr, legend: '{{consumergroup}}, {{topic}}' }];

/** Excludes partitions with unknown lag. */
const LAG = `sum by (consumergroup, topic) (kafka_consumergroup_lag{${BOTH}} >= 0)`;

const WRITTEN = `sum by (topic) (rate(kafka_topic_partition_current_offset{${chosen('topic')}}[$__rate_interval]))`;

/** A dashboard of the consumer groups and their lag. */
export const consumerGroupsDashboard = (config: LagExporterConfig): Dashboard => ({
  id: 'consumer-groups',
  title: 'Kafka / Consumer groups',
  description: 'Consumer groups, their lag, and whether they are catching up',
  variables: ['consumergroup', 'topic'],
  sections: [
    {
      title: 'Lag',
      panels: [
        timeSeries(byTopic(LAG), {
          title: 'Records to read',
          description: 'Should be constant. If it grows, the group does not keep up or has stopped.',
          width: 12,
        }),
        timeSeries(byTopic(`${LAG} / on (topic) group_left () ${WRITTEN}`), {
          title: 'Time behind',
          description: 'Time in which as many records were written as are unread. Empty while nothing is written.',
          unit: 's',
          width: 12,
        }),
        timeSeries(
          byTopic(
            `sum by (consumergroup, topic) (rate(kafka_consumergroup_current_offset_sum{${BOTH}}[$__rate_interval]))`,
          ),
          {
            title: 'Records read',
            description: 'Calculated from committed offsets, and therefore in steps.',
            unit: 'recps',
            width: 12,
          },
        ),
        timeSeries([{ expr: WRITTEN, legend: '{{topic}}' }], {
          title: 'Records written',
          description: 'The rate that a group must keep up with.',
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
          description: 'If there are none, the group reads nothing. Each change rebalances the group.',
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
            title: 'Partitions with the largest lag',
            description:
              'A single partition indicates a record that cannot be processed, or a key with most of the records.',
          },
        ),
      ],
    },
    ...transactions(config),
    ...exporter(config),
  ],
});

/** Only the platform's own exporter reports transactions. */
function transactions({ monitoring }: LagExporterConfig): readonly Section[] {
  if (monitoring.lagExporter.provider !== 'platform') return [];
  return [
    {
      title: 'Transactions',
      panels: [
        timeSeries(
          [
            {
              expr: `max by (topic, partition, transactional_id, state) (kafka_topic_partition_open_transaction_age_seconds{${chosen('topic')}})`,
              legend: '{{topic}}-{{partition}}, {{transactional_id}} {{state}}',
            },
          ],
          {
            title: 'Age of open transactions',
            description:
              'Age of the oldest open transaction of each partition. Consumers with read_committed get no records behind it, and their lag does not show this.',
            unit: 's',
            width: 12,
          },
        ),
        timeSeries(
          [
            {
              expr: `sum by (topic) (kafka_topic_partition_unstable_records{${chosen('topic')}})`,
              legend: '{{topic}}',
            },
          ],
          {
            title: 'Records behind open transactions',
            description: 'From the last stable offset to the end of the log. Should return to 0 repeatedly.',
            width: 12,
          },
        ),
      ],
    },
  ];
}

/** Only the platform's own exporter reports on its readings. */
function exporter({ monitoring }: LagExporterConfig): readonly Section[] {
  if (monitoring.lagExporter.provider !== 'platform') return [];
  return [
    {
      title: 'The exporter',
      panels: [
        stat('time() - max(platform_lag_exporter_last_success_timestamp_seconds)', {
          title: 'Last complete reading',
          description: 'Time since the last complete reading. Incomplete readings cause gaps in the panels above.',
          unit: 's',
          thresholds: ['green', [300, 'orange'], [900, 'red']],
          width: 6,
        }),
        stat('sum(increase(platform_lag_exporter_scrape_failures_total[1h]))', {
          title: 'Incomplete readings in an hour',
          description: 'A few are normal while brokers restart.',
          thresholds: ['green', [60, 'orange']],
          width: 6,
        }),
        timeSeries([{ expr: 'platform_lag_exporter_scrape_duration_seconds', legend: 'reading' }], {
          title: 'Duration of readings',
          description: 'Prometheus waits for a reading at each scrape.',
          unit: 's',
          width: 12,
        }),
      ],
    },
  ];
}
