import { minutes } from '../../config/units';
import type { AlertsOf } from './alert';
import { inSeconds } from '../prometheus-duration';
import { LAG, written } from './promql';

/** Behind by what is written in this time. */
const BEHIND = minutes(10);

/** Below it, growth is noise. */
const RECORDS = 1_000;

/** Of a log that is unread, when deletion comes close. */
const UNREAD_SHARE = 0.8;

/** Consumer groups. */
export const consumerAlerts: AlertsOf = () => [
  {
    name: 'KafkaConsumerLagHigh',
    // A topic that is hardly written to counts as one of a record a second: old records are no haste there.
    expr: `${LAG} / on (topic) group_left () clamp_min(${written('15m')}, 1) > ${inSeconds(BEHIND)}`,
    forMs: minutes(15),
    severity: 'warning',
    summary: 'Group {{ $labels.consumergroup }} is {{ $value | humanizeDuration }} behind on {{ $labels.topic }}',
    description:
      'It has as much to read as is written in that time. Does it have members, and do they commit? See the dashboard of ' +
      'consumer groups: no members means that it is down; a constant lag on one partition means a record that it cannot ' +
      'process; a lag on all means too few members, or a slow dependency.',
  },
  {
    name: 'KafkaConsumerLagGrowing',
    expr: `(min_over_time((${LAG})[10m:1m]) > max_over_time((${LAG})[10m:1m] offset 10m)) > ${RECORDS}`,
    forMs: minutes(10),
    severity: 'warning',
    summary: 'Group {{ $labels.consumergroup }} falls ever further behind on {{ $labels.topic }}',
    description:
      'At no time of the last 10 minutes was it as close as in the 10 minutes before: it does not keep up, or has ' +
      'stopped. Look at its members and its log; more members help up to the number of partitions.',
  },
  {
    name: 'KafkaConsumerMayLoseRecords',
    expr:
      `${LAG} / on (topic) group_left ()` +
      ' sum by (topic) (kafka_topic_partition_current_offset - kafka_topic_partition_oldest_offset)' +
      ` > ${UNREAD_SHARE} and on (topic) sum by (topic) (delta(kafka_topic_partition_oldest_offset[1d])) > 0`,
    forMs: minutes(15),
    severity: 'warning',
    summary:
      'Group {{ $labels.consumergroup }} has {{ $value | humanizePercentage }} of {{ $labels.topic }} still to read',
    description:
      'Retention deletes from the other end: what is not read soon is lost to it. Get the group going, or raise the ' +
      'topic’s retentionMs in the catalogue until it has caught up. A group that reads everything anew may be left alone.',
  },
];
