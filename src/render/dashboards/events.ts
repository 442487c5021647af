import type { Platform } from '../../config/load';
import { samplesOf } from '../samples';
import type { Dashboard } from './dashboard';
import { ZERO, stat, timeSeries, type Query } from './panel';
import { chosen } from './variables';

const TOPIC = chosen('topic');
const BOTH = `${chosen('group')},${TOPIC}`;

const byTopic = (expr: string): readonly Query[] => [{ expr, legend: '{{topic}}' }];
const byGroup = (expr: string): readonly Query[] => [{ expr, legend: '{{group}}, {{topic}}' }];

const rate = (series: string): string => `rate(app_kafka_${series}[$__rate_interval])`;

/** The median beside the slowest of a hundred. */
const quantiles = (name: string, { selector, by }: { readonly selector: string; readonly by: readonly string[] }) =>
  ([0.5, 0.99] as const).map((quantile) => ({
    expr: `histogram_quantile(${quantile}, sum by (${['le', ...by].join(', ')}) (${rate(`${name}_bucket{${selector}}`)}))`,
    legend: [`p${quantile * 100}`, ...by.map((label) => `{{${label}}}`)].join(' '),
  }));

/** In the range that is shown; nothing has happened where there is no series. */
const inRange = (series: string): string => `sum(increase(app_kafka_${series}[$__range])) or vector(0)`;

/** Events as the clients see them that write and handle them. */
export const eventsDashboard = (config: Platform): Dashboard => ({
  id: 'events',
  title: 'Kafka / Events',
  description: 'What becomes of events: written, handled, tried again, given up, and how long that takes',
  variables: ['topic', 'group'],
  sections: [
    {
      title: 'In this time',
      panels: [
        stat(inRange(`produced_total{outcome!="delivered",${TOPIC}}`), {
          title: 'Records not acknowledged',
          description: 'Failed, or unknown: their senders were told.',
          thresholds: ZERO,
          width: 6,
        }),
        stat(inRange(`dead_letters_total{${BOTH}}`), {
          title: 'Dead letters',
          description: 'Given up, and kept for who mends it.',
          thresholds: ZERO,
          width: 6,
        }),
        stat('sum(increase(app_kafka_transactions_total{outcome!="committed"}[$__range])) or vector(0)', {
          title: 'Transactions not committed',
          description: 'Aborted ones are done anew; unknown ones are asked after.',
          thresholds: ['green', [1, 'orange']],
          width: 6,
        }),
        stat(`max(app_kafka_oldest_unprocessed_age_seconds{${BOTH}}) or vector(0)`, {
          title: 'Oldest record in work',
          description: 'Of those that are fetched and not done; what waits for another try is old on purpose.',
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
          description: 'Acknowledged by all replicas in sync.',
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
            description: 'Nothing, while all is well. Failed ones are not in the log, unknown ones may be.',
            unit: 'recps',
          },
        ),
        timeSeries(quantiles('produce_duration_seconds', { selector: TOPIC, by: ['topic'] }), {
          title: 'Time to deliver',
          description: 'From the call of send to its outcome, waiting for room included.',
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
            title: 'Records by what became of them',
            description: 'Retried and abandoned ones come again; dead-lettered ones do not.',
            unit: 'recps',
          },
        ),
        timeSeries(quantiles('processing_duration_seconds', { selector: BOTH, by: ['group', 'topic'] }), {
          title: 'Time of a handler’s call',
          description: 'Whether it succeeds or not.',
          unit: 's',
        }),
        timeSeries(byGroup(`max by (group, topic) (app_kafka_oldest_unprocessed_age_seconds{${BOTH}})`), {
          title: 'Age of the oldest record in work',
          description: 'Near 0. Rising by a second each second: one record holds its partition up.',
          unit: 's',
        }),
        timeSeries(byGroup(`max by (group, topic) (app_kafka_watermark_gap{${BOTH}})`), {
          title: 'Records begun beyond the committed position',
          description: 'What would be handled again after a crash, in the partition that has most.',
        }),
      ],
    },
    {
      title: 'What goes wrong',
      panels: [
        timeSeries(byGroup(`sum by (group, topic) (${rate(`retries_total{${BOTH}}`)})`), {
          title: 'Calls made again',
          description: 'After a failure that may pass. As many as records: something that handlers need is away.',
          unit: 'reqps',
        }),
        timeSeries(byGroup(`sum by (group, topic) (${rate(`dead_letters_total{${BOTH}}`)})`), {
          title: 'Records given up',
          description: 'Nothing, while all is well.',
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
            description: 'Some when members come and go. All the time: members are too slow and are thrown out.',
          },
        ),
      ],
    },
    {
      title: 'Transactions',
      panels: [
        timeSeries([{ expr: `sum by (outcome) (${rate('transactions_total')})`, legend: '{{outcome}}' }], {
          title: 'Transactions by outcome',
          description: 'Aborted ones are seen by nobody who reads committed records.',
          unit: 'reqps',
          width: 12,
        }),
        timeSeries(quantiles('transaction_duration_seconds', { selector: '', by: [] }), {
          title: 'Time of a transaction',
          description: 'From its begin to its outcome. Readers of committed records wait for it.',
          unit: 's',
          width: 12,
        }),
      ],
    },
    ...(samplesOf(config).length > 0 ? [samplesSection()] : []),
  ],
});

const samplesSection = (): Dashboard['sections'][number] => ({
  title: 'Sample applications',
  panels: [
    timeSeries([{ expr: 'sum by (kind) (rate(app_sample_done_total[$__rate_interval]))', legend: '{{kind}}' }], {
      title: 'What they have done',
      description: 'In their own words; what the transforms have done is what they wrote.',
      unit: 'ops',
      width: 24,
    }),
  ],
});
