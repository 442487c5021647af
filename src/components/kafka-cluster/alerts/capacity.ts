import { diskCapacity } from '../disk-budget';
import type { KafkaClusterConfig } from '../config';
import { nodeWords } from '../nodes';
import { brokerVolume, volumesOf, type Volumes } from '../volumes';
import type { Topic } from '../../topics/topic';
import { FOREVER, days, formatBytes, formatDuration, hours, milliseconds, minutes } from '../../../validation/units';
import type { AlertsOf } from '../../../monitoring/alert';
import { inSeconds } from '../../../monitoring/duration';
import { anyOf } from '../../../monitoring/promql';

/** From here on somebody should look. */
const FILLING = 0.75;

/** Of a claim, what logs can take: the rest is the file system's, and that of indexes and of segments being deleted. */
const TAKEN_BY_LOGS = 0.92;

/** Farther ahead, a straight line tells nothing. */
const LONGEST_FORECAST = days(3);

/** Disks against what retention keeps. The volumes' own numbers would need the kubelets: logs are what fills them. */
export const capacityAlerts: AlertsOf<KafkaClusterConfig> = (config) => {
  const all = logCapacity(config);
  const horizon = forecastMs(config);
  const volumes = volumesOf(config);
  const { claim, usable } = brokerVolume(config);
  const others = volumes.filter(({ of }) => of !== 'broker');
  const { node } = nodeWords(config.brokers);
  const sizes = others.map((of) => `; that ${NOUNS[of.of]}, ${formatBytes(of.claim)}`).join('');
  const remedies = others.map(({ of }) => REMEDIES[of]).join('');
  const logs = others.some(({ of }) => of === 'metadata') ? LOGS_OF_TOPIC : 'Logs';
  return [
    {
      name: 'KafkaDiskAlmostFull',
      expr: volumes.map((of) => `${of.logs()} > ${of.usable}`).join(' or '),
      forMs: minutes(5),
      severity: 'critical',
      summary: `${logs} of ${node} {{ $labels.broker }} take {{ $value | humanize1024 }}B`,
      description:
        `They may take ${formatBytes(usable)} of a claim of ${formatBytes(claim)}${others.map(usableOf).join('')}. A broker ` +
        'whose disk is full stops, and the others follow. Find the topic that has grown on the dashboard of topics; lower its ' +
        `retention in the catalogue, or enlarge the claims.${remedies}`,
    },
    {
      name: 'KafkaDiskFilling',
      expr: volumes.map((of) => `${of.logs()} > ${Math.floor(of.claim * FILLING)}`).join(' or '),
      forMs: minutes(15),
      severity: 'warning',
      summary: `${logs} of ${node} {{ $labels.broker }} take {{ $value | humanize1024 }}B, more than 75 % of the disk`,
      description:
        `The claim has ${formatBytes(claim)}${sizes}. There is time to act during working hours: find the topic that ` +
        'has grown on the dashboard of topics, and whether retention will bound it; lower its retention in the catalogue, or ' +
        `enlarge the claims.${remedies}`,
    },
    {
      name: 'KafkaDiskWillFill',
      // The short line has forgotten a burst, or the copy of a replica, before the alert's hour is over.
      expr: volumes
        .map((of) => {
          const forecast = (window: string) => `predict_linear((${of.logs()})${window}, ${inSeconds(horizon)})`;
          const limit = Math.floor(of.claim * TAKEN_BY_LOGS);
          return ['[6h:10m]', '[30m:5m]'].map((window) => `${forecast(window)} > ${limit}`).join(' and ');
        })
        .join(' or '),
      forMs: hours(1),
      severity: 'warning',
      summary: `${logs} of ${node} {{ $labels.broker }} will fill its disk within ${formatDuration(horizon)}`,
      description:
        `At the current rate they reach {{ $value | humanize1024 }}B by then, and retention deletes nothing that is written in ` +
        `this time. The claim has ${formatBytes(claim)}${sizes}. Find the topic that grows on the dashboard of ` +
        `topics.${remedies}`,
    },
    {
      name: 'KafkaRetentionDoesNotFit',
      expr: `sum(${keptByRetention(config).join(' or ')}) > ${all.bytes}`,
      forMs: hours(1),
      severity: 'warning',
      summary: 'At the rate of the last day retention keeps {{ $value | humanize1024 }}B, more than all disks hold',
      description:
        `The disks of all brokers together have ${all.arithmetic} for logs. They are full within days: find the topic that gets more than ` +
        'was planned on the dashboard of topics, then lower its retention or enlarge the claims.',
    },
  ];
};

/** What a volume is of, besides those for the brokers' topics. */
const NOUNS = { broker: '', metadata: 'of the metadata log', controller: 'of a controller' } as const;

const REMEDIES = {
  broker: '',
  metadata:
    ' What the topic __cluster_metadata takes is on the volume of metadataStorage: the log of the node tells why it grows, such as ' +
    'snapshots that fail.',
  controller: ' A controller keeps the metadata log only: its log tells why that grows, such as snapshots that fail.',
} as const;

/** The metadata log of a node is on another volume than its other logs. */
const LOGS_OF_TOPIC = 'Logs{{ with $labels.topic }} ({{ . }}){{ end }}';

const usableOf = ({ of, usable, claim }: Volumes): string =>
  ` (${of === 'controller' ? 'on a controller' : NOUNS[of]} ${formatBytes(usable)} of ${formatBytes(claim)})`;

/** Whole bytes that logs may take on the disks of all brokers together. */
export function logCapacity(config: KafkaClusterConfig): { readonly bytes: number; readonly arithmetic: string } {
  const { bytes, arithmetic } = diskCapacity(config);
  return { bytes: Math.floor(bytes), arithmetic };
}

/** What is written now is there until its retention ends, so far a forecast is no matter of retention. */
function forecastMs({ brokers, topics }: KafkaClusterConfig) {
  const longest = Math.max(brokers.retentionMs, ...topics.map(({ retentionMs }) => retentionMs));
  return milliseconds(Math.min(longest, LONGEST_FORECAST));
}

/**
 * Bytes that each topic comes to on all brokers while it is written to as in the last day, as terms for groups of
 * topics. Topics that are kept for ever grow by what they hold, which a rate does not tell.
 */
export function keptByRetention({ brokers, topics }: KafkaClusterConfig): readonly string[] {
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
