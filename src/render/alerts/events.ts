import { minutes } from '../../config/units';
import { inSeconds, prometheusDuration } from '../prometheus-duration';
import type { AlertsOf } from './alert';

/** For as long is told what happened once. */
const WINDOW = minutes(15);

/** Longer than any rebalance or election, and than most outages of what handlers depend on. */
const TOO_OLD = minutes(10);

/** What waits for another try is old on purpose. */
const NO_RETRY_TOPIC = String.raw`topic!~".+\\.retry\\.[0-9]+[smh]"`;

/**
 * How much a counter has risen of late. Clients make a series only when there is something to count, which to a rate is no
 * rise: what a new series begins with counts as well.
 */
function risen(counter: string, by: string): string {
  const window = prometheusDuration(WINDOW);
  const before = `last_over_time(${counter}[${window}] offset ${window})`;
  return `sum by (${by}) (increase(${counter}[${window}]) > 0 or (${counter} unless ${before}))`;
}

/** What clients tell of the events that they write and handle. */
export const eventAlerts: AlertsOf = () => [
  {
    name: 'KafkaDeadLetters',
    expr: `${risen('app_kafka_dead_letters_total', 'topic, group')} > 0`,
    forMs: minutes(0),
    severity: 'warning',
    summary: 'Group {{ $labels.group }} has given up {{ $value | humanize }} records of {{ $labels.topic }}',
    description:
      `Within ${inSeconds(WINDOW) / 60} minutes. Nothing is lost, and nobody handles them any more: each is kept in the ` +
      'dead-letter topic of topic and group, and its headers tell where it was and why it failed. Look at those first; mend the ' +
      'handler or the record, then replay them before retention deletes them.',
  },
  {
    name: 'KafkaRecordsNotDelivered',
    expr: `${risen('app_kafka_produced_total{outcome=~"failed|unknown"}', 'topic, outcome')} > 0`,
    forMs: minutes(0),
    severity: 'warning',
    summary: '{{ $value | humanize }} records for {{ $labels.topic }} were not acknowledged: {{ $labels.outcome }}',
    description:
      'failed: they are not in the log, and sending them again makes no duplicate. unknown: they may be there, and sending ' +
      'them again may make one. The client was told; its log says what it did about it. Brokers that are away or too slow ' +
      'have alerts of their own; without those, look for records that are too large, and at the network of the client.',
  },
  {
    name: 'KafkaRecordsUnprocessed',
    expr: `max by (topic, group) (app_kafka_oldest_unprocessed_age_seconds{${NO_RETRY_TOPIC}}) > ${inSeconds(TOO_OLD)}`,
    forMs: minutes(5),
    severity: 'warning',
    summary:
      'Group {{ $labels.group }} handles a record of {{ $labels.topic }} that is {{ $value | humanizeDuration }} old',
    description:
      'It has fetched the record and is not done with it. One that catches up after a pause handles old records for a ' +
      'while: its lag falls. When it does not, a handler hangs or fails again and again: see retries and the time that ' +
      'processing takes on the dashboard of events, then the log of the group’s members.',
  },
];
