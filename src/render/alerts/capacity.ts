import { diskCapacity } from '../../config/disk-budget';
import type { Platform } from '../../config/load';
import type { Topic } from '../../config/topics';
import { FOREVER, days, formatBytes, formatDuration, hours, milliseconds, minutes } from '../../config/units';
import type { AlertsOf } from './alert';
import { inSeconds } from '../prometheus-duration';
import { LOG_BYTES, anyOf } from './promql';

/** Farther ahead, a straight line tells nothing. */
const LONGEST_FORECAST = days(3);

/** Disks against what retention keeps. The volumes' own numbers would need the kubelets: logs are what fills them. */
export const capacityAlerts: AlertsOf = (config) => {
  const claim = config.brokers.storage.size;
  const all = logCapacity(config);
  const usable = Math.floor(all.bytes / config.brokers.count);
  const horizon = forecastMs(config);
  return [
    {
      name: 'KafkaDiskAlmostFull',
      expr: `${LOG_BYTES} > ${usable}`,
      forMs: minutes(5),
      severity: 'critical',
      summary: 'Logs of broker {{ $labels.broker }} take {{ $value | humanize1024 }}B',
      description:
        `Of a claim of ${formatBytes(claim)} they may take ${formatBytes(usable)}. A broker whose disk is full stops, and ` +
        'the others follow. See which topic has grown on the dashboard of topics; lower its retention in the catalogue, ' +
        'or enlarge the claims.',
    },
    {
      name: 'KafkaDiskWillFill',
      // The short line has forgotten a burst, or the copy of a replica, before the alert's hour is over.
      expr: ['[6h:10m]', '[30m:5m]']
        .map((window) => `predict_linear((${LOG_BYTES})${window}, ${inSeconds(horizon)}) > ${claim}`)
        .join(' and '),
      forMs: hours(1),
      severity: 'warning',
      summary: `Logs of broker {{ $labels.broker }} will fill its disk within ${formatDuration(horizon)}`,
      description:
        `As they grow now, they reach {{ $value | humanize1024 }}B by then, of ${formatBytes(claim)}, and retention ` +
        'deletes none of what comes meanwhile. See which topic grows on the dashboard of topics.',
    },
    {
      name: 'KafkaRetentionDoesNotFit',
      expr: `sum(${keptByRetention(config).join(' or ')}) > ${all.bytes}`,
      forMs: hours(1),
      severity: 'warning',
      summary: 'As much is written as would take {{ $value | humanize1024 }}B until retention deletes it',
      description:
        `All disks together have ${all.arithmetic} for logs. There are days left until they are full: ` +
        'see which topic is written to more than was planned on the dashboard of topics, then lower its retention or ' +
        'enlarge the claims.',
    },
  ];
};

/** Whole bytes that logs may take on all disks together. */
export function logCapacity(config: Platform): { readonly bytes: number; readonly arithmetic: string } {
  const { bytes, arithmetic } = diskCapacity(config);
  return { bytes: Math.floor(bytes), arithmetic };
}

/** What is written now is there until its retention ends, so far a forecast is no matter of retention. */
function forecastMs({ brokers, topics }: Platform) {
  const longest = Math.max(brokers.retentionMs, ...topics.map(({ retentionMs }) => retentionMs));
  return milliseconds(Math.min(longest, LONGEST_FORECAST));
}

/**
 * Bytes that each topic comes to on all brokers while it is written to as in the last day, as terms for groups of
 * topics. Topics that are kept for ever grow by what they hold, which a rate does not tell.
 */
export function keptByRetention({ brokers, topics }: Platform): readonly string[] {
  const bounded = topics.filter(({ retentionMs }) => retentionMs !== FOREVER);
  const bySize = bounded.filter(({ retentionBytes }) => retentionBytes !== undefined);
  const byTime = bounded.filter(({ retentionBytes }) => retentionBytes === undefined);
  const unknown = ['__.*', ...topics.map(({ name }) => anyOf([name]))].join('|');
  return [
    ...[...new Set(byTime.map(keptSeconds))].map((factor) => {
      const names = byTime.filter((topic) => keptSeconds(topic) === factor).map(({ name }) => name);
      return kept(`topic=~"${anyOf(names)}"`, factor);
    }),
    ...bySize.map((topic) => `clamp_max(${kept(`topic="${topic.name}"`, keptSeconds(topic))}, ${largest(topic)})`),
    kept(`topic!="",topic!~"${unknown}"`, keptSeconds(brokers)),
  ];
}

const keptSeconds = ({ retentionMs, replicationFactor }: Pick<Topic, 'retentionMs' | 'replicationFactor'>): number =>
  inSeconds(retentionMs) * replicationFactor;

const largest = ({ partitions, retentionBytes, replicationFactor }: Topic): number =>
  partitions * (retentionBytes ?? 0) * replicationFactor;

const kept = (selector: string, factor: number): string =>
  `sum by (topic) (rate(kafka_server_brokertopicmetrics_bytesinpersec_total{${selector}}[1d])) * ${factor}`;
