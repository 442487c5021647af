import type { LagExporterConfig } from './config';
import { minutes } from '../../validation/units';
import type { Alert, AlertsOf } from '../../monitoring/alert';
import { inSeconds } from '../../monitoring/duration';
import { READ_LAG, written } from '../../monitoring/promql';
import { OPEN_TOO_LONG } from '../../monitoring/thresholds';

/** A group is behind when its lag exceeds the number of records written in this time. */
const BEHIND = minutes(10);

/** Smaller growth is noise. */
const RECORDS = 1_000;

/** Unread share of a log above which unread records are about to be deleted. */
const UNREAD_SHARE = 0.8;

const GROUP_WITHOUT_MEMBERS = 'KafkaConsumerGroupWithoutMembers';

/** Time since when an alert about a group is active. Prometheus preserves it across restarts. */
const SINCE =
  `{{ with printf "ALERTS_FOR_STATE{alertname='${GROUP_WITHOUT_MEMBERS}',consumergroup=%q}" $labels.consumergroup` +
  ' | query }}{{ first . | value | humanizeTimestamp }}{{ else }}now{{ end }}';

const DURATION = '{{ $value | humanizeDuration }}';

const AGE = 'kafka_topic_partition_open_transaction_age_seconds';

/** Alerts about consumer groups. */
export const consumerAlerts: AlertsOf<LagExporterConfig> = (config) => [
  {
    name: 'KafkaConsumerLagHigh',
    // A topic with few writes counts as a topic with one record per second: old records are not urgent there.
    expr: `${READ_LAG} / on (topic) group_left () clamp_min(${written('15m')}, 1) > ${inSeconds(BEHIND)}`,
    forMs: minutes(15),
    severity: 'warning',
    summary: 'Group {{ $labels.consumergroup }} is {{ $value | humanizeDuration }} behind on {{ $labels.topic }}',
    description:
      'It has members, and as much to read as is written in that time. Check whether they commit. On the dashboard of consumer ' +
      'groups, a constant lag on one partition means a record that cannot be processed; a lag on all partitions means too few ' +
      'members, or a slow dependency. A group that has never committed counts from the beginning of the log; with the reset ' +
      'policy latest it has less to read.',
  },
  {
    name: 'KafkaConsumerLagGrowing',
    expr: `(min_over_time((${READ_LAG})[10m:1m]) > max_over_time((${READ_LAG})[10m:1m] offset 10m)) > ${RECORDS}`,
    forMs: minutes(10),
    severity: 'warning',
    summary: 'Group {{ $labels.consumergroup }} is falling behind on {{ $labels.topic }}',
    description:
      'In the last 10 minutes its lag was always larger than in the 10 minutes before: its members hang or do not keep up. ' +
      'Check their number and their logs; more members help, up to the number of partitions.',
  },
  {
    name: 'KafkaConsumerMayLoseRecords',
    expr:
      `${READ_LAG} / on (topic) group_left ()` +
      ' sum by (topic) (kafka_topic_partition_current_offset - kafka_topic_partition_oldest_offset)' +
      ` > ${UNREAD_SHARE} and on (topic) sum by (topic) (delta(kafka_topic_partition_oldest_offset[1d])) > 0`,
    forMs: minutes(15),
    severity: 'warning',
    summary:
      'Group {{ $labels.consumergroup }} has {{ $value | humanizePercentage }} of {{ $labels.topic }} still to read',
    description:
      'Retention deletes the oldest records: the group loses records that it does not read soon. Make the group read, or ' +
      'raise retentionMs of the topic in the catalogue until it has caught up. A group that deliberately reads everything again ' +
      'can be left alone.',
  },
  {
    name: GROUP_WITHOUT_MEMBERS,
    expr: 'kafka_consumergroup_members == 0 and on (consumergroup) kafka_consumergroup_current_offset >= 0',
    forMs: minutes(15),
    severity: 'warning',
    summary: `Group {{ $labels.consumergroup }} has commits and no members since ${SINCE}`,
    description:
      'The group reads nothing, and no other alert reports its lag. If it should run, find out why its members are gone. If it is ' +
      'retired, or a tool has left it behind, delete it (kafka-consumer-groups.sh --delete --group), or exclude its name with ' +
      'monitoring.lagExporter.ignoreGroups, as for consumers that assign their partitions themselves and so are never members. ' +
      'Otherwise the alert ends when its offsets expire.',
  },
  ...(config.monitoring.lagExporter.provider === 'platform' ? TRANSACTIONS : []),
];

/** Only the platform's own exporter reports transactions. */
const TRANSACTIONS: readonly Alert[] = [
  {
    name: 'KafkaTransactionOpen',
    expr: `max by (topic, partition, transactional_id) (${AGE}{state!="hanging"}) > ${inSeconds(OPEN_TOO_LONG)}`,
    forMs: minutes(1),
    severity: 'warning',
    summary: `A transaction on {{ $labels.topic }}-{{ $labels.partition }} has been open for ${DURATION}`,
    description:
      'Its transactional id is {{ or $labels.transactional_id "unknown" }}. Consumers with read_committed get no record behind ' +
      'its beginning until it ends; their lag does not show it. Its coordinator aborts it after transaction.timeout.ms of the ' +
      'producer. Check that producer: it hangs, or has a timeout that is far longer than it needs.',
  },
  {
    name: 'KafkaTransactionHanging',
    expr: `max by (topic, partition) (${AGE}{state="hanging"}) > ${inSeconds(OPEN_TOO_LONG)}`,
    forMs: minutes(5),
    severity: 'critical',
    summary: `{{ $labels.topic }}-{{ $labels.partition }} has had a hanging transaction for ${DURATION}`,
    description:
      'No coordinator knows the transaction; the time counts from its last record. Consumers with read_committed get no more records of ' +
      'the partition, and their lag does not show it. End it: kafka-transactions.sh find-hanging --topic {{ $labels.topic }} ' +
      '--partition {{ $labels.partition }} prints its start offset, kafka-transactions.sh abort --topic {{ $labels.topic }} ' +
      '--partition {{ $labels.partition }} --start-offset ends it.',
  },
];
