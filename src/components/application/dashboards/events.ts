import { applicationsOf } from '../applications';
import type { ClientConfig } from '../config';
import type { Dashboard } from '../../../monitoring/dashboard';
import { ZERO, stat, timeSeries, type Query } from '../../../monitoring/panel';
import { chosen } from '../../../monitoring/variables';

const TOPIC = chosen('topic');
const BOTH = `${chosen('group')},${TOPIC}`;

const byTopic = (expr: string): readonly Query[] => [{ expr, legend: '{{topic}}' }];
const byGroup = (expr: string): readonly Query[] => [{ expr, legend: '{{group}}, {{topic}}' }];

const rate = (series: string): string => `rate(app_kafka_${series}[$__rate_interval])`;

/** The median and the 99th percentile. */
const quantiles = (name: string, { selector, by }: { readonly selector: string; readonly by: readonly string[] }) =>
  ([0.5, 0.99] as const).map((quantile) => ({
    expr: `histogram_quantile(${quantile}, sum by (${['le', ...by].join(', ')}) (${rate(`${name}_bucket{${selector}}`)}))`,
    legend: [`p${quantile * 100}`, ...by.map((label) => `{{${label}}}`)].join(' '),
  }));

/** The increase over the displayed time range. A missing series means that nothing has happened. */
const inRange = (series: string): string => `sum(increase(app_kafka_${series}[$__range])) or vector(0)`;

/** A dashboard of events as the clients see them that write and handle them. */
export const eventsDashboard = (config: ClientConfig): Dashboard => ({
  id: 'events',
  title: 'Kafka / Events',
  description: 'Outcomes of events: written, handled, retried or given up, and the time that this takes',
  variables: ['topic', 'group'],
  sections: [
    {
      title: 'Selected time range',
      panels: [
        stat(inRange(`produced_total{outcome!="delivered",${TOPIC}}`), {
          title: 'Records not acknowledged',
          description: 'Outcome failed or unknown, as reported to the senders.',
          thresholds: ZERO,
          width: 6,
        }),
        stat(inRange(`dead_letters_total{${BOTH}}`), {
          title: 'Dead letter records',
          description: 'Records that were given up and copied to the dead letter topic.',
          thresholds: ZERO,
          width: 6,
        }),
        stat('sum(increase(app_kafka_transactions_total{outcome!="committed"}[$__range])) or vector(0)', {
          title: 'Transactions not committed',
          description: 'Aborted transactions are retried. For unknown ones, the client looks up the outcome.',
          thresholds: ['green', [1, 'orange']],
          width: 6,
        }),
        stat(`max(app_kafka_oldest_unprocessed_age_seconds{${BOTH}}) or vector(0)`, {
          title: 'Oldest record in progress',
          description:
            'Age of the oldest record that was fetched and is not done. Records that wait for a retry are old by design.',
          unit: 's',
          thresholds: ['green', [60, 'orange'], [600, 'red']],
          width: 6,
        }),
      ],
    },
    {
      title: 'Written',
      panels: [
        timeSeries(byTopic(`sum by (topic) (${rate(`produced_total{outcome="delivered",${TOPIC}}`)})`), {
          title: 'Records delivered',
          description: 'Records acknowledged by all in-sync replicas.',
          unit: 'recps',
        }),
        timeSeries(
          [
            {
              expr: `sum by (topic, outcome) (${rate(`produced_total{outcome!="delivered",${TOPIC}}`)})`,
              legend: '{{topic}}: {{outcome}}',
            },
          ],
          {
            title: 'Records not delivered',
            description: 'Should be empty. Failed records are not in the log, unknown ones may be.',
            unit: 'recps',
          },
        ),
        timeSeries(quantiles('produce_duration_seconds', { selector: TOPIC, by: ['topic'] }), {
          title: 'Time to deliver',
          description: 'From the call of send to the outcome, including the wait for room in the buffer.',
          unit: 's',
        }),
      ],
    },
    {
      title: 'Handled',
      panels: [
        timeSeries(
          [
            {
              expr: `sum by (group, topic, outcome) (${rate(`consumed_total{${BOTH}}`)})`,
              legend: '{{group}}, {{topic}}: {{outcome}}',
            },
          ],
          {
            title: 'Records by outcome',
            description: 'Retried and abandoned records are handled again; dead letter records are not.',
            unit: 'recps',
          },
        ),
        timeSeries(quantiles('processing_duration_seconds', { selector: BOTH, by: ['group', 'topic'] }), {
          title: 'Duration of handler calls',
          description: 'Successful and failed calls.',
          unit: 's',
        }),
        timeSeries(byGroup(`max by (group, topic) (app_kafka_oldest_unprocessed_age_seconds{${BOTH}})`), {
          title: 'Age of the oldest record in progress',
          description: 'Should be near 0. If it rises by one second per second, one record blocks its partition.',
          unit: 's',
        }),
        timeSeries(byGroup(`max by (group, topic) (app_kafka_uncommitted_offsets{${BOTH}})`), {
          title: 'Records started beyond the committed offset',
          description: 'Number of records that would be handled again after a crash, for the partition with the most.',
        }),
        timeSeries(
          [
            {
              expr: `sum by (group, topic, reason) (increase(app_kafka_missing_records_total{${BOTH}}[$__rate_interval]))`,
              legend: '{{group}}, {{topic}}: {{reason}}',
            },
          ],
          {
            title: 'Offsets missing in the log',
            description: 'Deleted before they were read, or lost afterwards. Should be empty.',
          },
        ),
      ],
    },
    {
      title: 'Failures',
      panels: [
        timeSeries(
          [
            {
              expr: `sum by (group, topic, cause) (${rate(`retries_total{${BOTH}}`)})`,
              legend: '{{group}}, {{topic}}: {{cause}}',
            },
          ],
          {
            title: 'Retries by cause',
            description:
              'Retries of handlers, sinks, commits and ownership changes of partitions. As many retries as records indicate that a dependency of the handlers is unavailable.',
            unit: 'reqps',
          },
        ),
        timeSeries(byGroup(`sum by (group, topic) (${rate(`dead_letters_total{${BOTH}}`)})`), {
          title: 'Records given up',
          description: 'Should be empty.',
          unit: 'recps',
        }),
        timeSeries(
          [
            {
              expr: `sum by (group) (${rate(`rebalances_total{${chosen('group')}}`)}) * 60`,
              legend: '{{group}}',
            },
          ],
          {
            title: 'Rebalances in a minute',
            description:
              'Some while members come and go. Continuous rebalances indicate members that are removed because they are too slow.',
          },
        ),
      ],
    },
    {
      title: 'Transactions',
      panels: [
        timeSeries([{ expr: `sum by (outcome) (${rate('transactions_total')})`, legend: '{{outcome}}' }], {
          title: 'Transactions by outcome',
          description: 'Consumers with read_committed do not see aborted transactions.',
          unit: 'reqps',
          width: 12,
        }),
        timeSeries(quantiles('transaction_duration_seconds', { selector: '', by: [] }), {
          title: 'Duration of transactions',
          description:
            'From the start to the outcome. Consumers with read_committed wait for the end of a transaction.',
          unit: 's',
          width: 12,
        }),
      ],
    },
    ...(applicationsOf(config).length > 0 ? [applicationsSection()] : []),
  ],
});

const applicationsSection = (): Dashboard['sections'][number] => ({
  title: 'Applications',
  panels: [
    timeSeries([{ expr: 'sum by (kind) (rate(app_done_total[$__rate_interval]))', legend: '{{kind}}' }], {
      title: 'Results',
      description: 'Results by kind, as the applications name them; for transforms, the records that they wrote.',
      unit: 'ops',
      width: 24,
    }),
  ],
});
