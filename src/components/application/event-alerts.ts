import { minutes } from '../../validation/units';
import { inSeconds } from '../../monitoring/duration';
import { COUNT, type AlertsOf } from '../../monitoring/alert';
import { rise } from '../../monitoring/promql';

/** An event raises its alert for this time. */
const WINDOW = minutes(15);

/** Longer than any rebalance or election, and longer than most outages of systems that handlers depend on. */
const TOO_OLD = minutes(10);

/** Records in retry topics are old by design. */
const NO_RETRY_TOPIC = String.raw`topic!~".+\\.retry\\.[0-9]+[smh]"`;

const risen = (counter: string, by: string): string => `sum by (${by}) ${rise(counter, WINDOW)}`;

/** Alerts about the events that clients write and handle. */
export const eventAlerts: AlertsOf = () => [
  {
    name: 'KafkaDeadLetters',
    expr: `${risen('app_kafka_dead_letters_total', 'topic, group')} > 0`,
    forMs: minutes(0),
    severity: 'warning',
    summary: `Group {{ $labels.group }} has given up ${COUNT} records of {{ $labels.topic }}`,
    description:
      `At least this many within ${inSeconds(WINDOW) / 60} minutes. No record is lost, but none of these is handled any more: each is kept in the ` +
      'dead letter topic of topic and group, and its headers contain its original place and the error. Read these first; fix the ' +
      'handler or the record, then replay the records before retention deletes them.',
  },
  {
    name: 'KafkaRecordsMissing',
    expr: `${risen('app_kafka_log_gaps_total', 'topic, group, partition, reason')} > 0`,
    forMs: minutes(0),
    severity: 'critical',
    summary:
      'Group {{ $labels.group }} did not find its position in {{ $labels.topic }}-{{ $labels.partition }}: {{ $labels.reason }}',
    description:
      'log-starts-later: retention or a command deleted records before the group had read them. log-ends-earlier: the log has ' +
      'lost records that the group had read, as after an unclean leader election or the loss of disks. topic-recreated: the ' +
      'topic was deleted and created again; its unread records are gone. The group goes on with the records that exist, unless ' +
      'its application stops it. Its log names the offsets; have the source send the missing records again.',
  },
  {
    name: 'KafkaRecordsNotDelivered',
    expr: `${risen('app_kafka_produced_total{outcome=~"failed|unknown"}', 'topic, outcome')} > 0`,
    forMs: minutes(0),
    severity: 'warning',
    summary: `${COUNT} records for {{ $labels.topic }} were not acknowledged: {{ $labels.outcome }}`,
    description:
      'failed: they are not in the log, and sending them again makes no duplicate. unknown: they may be in the log, and sending ' +
      'them again may make a duplicate. The client was told; its log says what it did. Brokers that are down or slow have ' +
      'alerts of their own; without those, check for records that are too large, and the network of the client.',
  },
  {
    name: 'KafkaRecordsUnprocessed',
    expr: `max by (topic, group) (app_kafka_oldest_unprocessed_age_seconds{${NO_RETRY_TOPIC}}) > ${inSeconds(TOO_OLD)}`,
    forMs: minutes(5),
    severity: 'warning',
    summary:
      'Group {{ $labels.group }} handles a record of {{ $labels.topic }} that is {{ $value | humanizeDuration }} old',
    description:
      'It has fetched the record and not committed it. A group that catches up after a pause handles old records for a while, ' +
      'and its lag falls. Otherwise a handler hangs, or a handler, a commit or an output fails again and again: see the retries ' +
      'by cause and the processing time on the dashboard of events, then the log of the members.',
  },
];
