import type { KafkaClusterConfig } from '../config';
import { minutes } from '../../../validation/units';
import { inSeconds, prometheusDuration } from '../../../monitoring/duration';
import type { AlertsOf } from '../../../monitoring/alert';
import { commands } from './commands';
import { nodeWords } from '../nodes';

/** A stop that waits for longer than a roll needs. */
const HELD_UP = minutes(10);

/** Longer than a broker that is throttled hard waits between two fetches. */
const STALLED = minutes(5);

/** An event raises its alert for this long. */
const RECENT = minutes(15);

/** Which other guards know: that of a broker that stops is gone before it is scraped. */
const IN_SPITE =
  'max by (broker, cause) (label_replace(max_over_time(kafka_guard_stop_in_spite_timestamp_seconds' +
  `[${prometheusDuration(RECENT)}]), "broker", "$1", "node", "(.+)") > 0)`;

/** The guards, and what they wait for. */
export const guardAlerts: AlertsOf<KafkaClusterConfig> = (config) => {
  const run = commands(config);
  const { Node, node } = nodeWords(config.brokers);
  return [
    {
      name: 'KafkaStopHeldUp',
      expr: `kafka_guard_stop_held_up_seconds > ${inSeconds(HELD_UP)}`,
      forMs: minutes(0),
      severity: 'warning',
      summary: `The stop of ${node} {{ $labels.broker }} has been held up for {{ $value | humanizeDuration }} ({{ $labels.obstacle }})`,
      description:
        'Its guard waits, as the stop would take partitions below their min ISR or the quorum below its majority, or because ' +
        `another stop is not over. A roll or a drain stands still. Find the reason: ${run.guardLogs}; remove it, and the stop ` +
        `goes on by itself. Only if the loss of writes is acceptable, end the wait: ${run.pass}. Never use --force.`,
    },
    {
      name: 'KafkaCatchUpStalled',
      expr: `kafka_guard_catch_up_idle_seconds > ${inSeconds(STALLED)}`,
      forMs: minutes(0),
      severity: 'warning',
      summary: 'Broker {{ $labels.broker }} has fetched nothing for {{ $value | humanizeDuration }} and is not in sync',
      description:
        'It was started and is not ready until its replicas are in sync; a roll stands still. They make no progress: see the ' +
        `partitions (${run.guardLogs}) and why they are not fetched (${run.logs}). Only if one of them can never be in sync, ` +
        `let the broker be ready without them: ${run.pass}`,
    },
    {
      name: 'KafkaStoppedInSpite',
      expr: `time() - ${IN_SPITE} < ${inSeconds(RECENT)}`,
      forMs: minutes(0),
      severity: 'warning',
      summary: `${Node} {{ $labels.broker }} stopped although something spoke against it ({{ $labels.cause }})`,
      description:
        'An operator ended the wait (passed), guard.stopWaitMs was over (waited-out), or the grace period was shorter than the ' +
        `wait (cut-off). Writes may be refused until it is back. See what is out of sync: ${run.describe}; and that it comes ` +
        `back: ${run.pods}`,
    },
  ];
};
