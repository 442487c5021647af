import type { Metric, Sample } from '../../monitoring/exposition';
import { groupLags, type TopicLag } from './lag';
import type { LogOffsets } from './read-logs';
import type { ClusterSnapshot, PartitionSnapshot } from './snapshot';

type Value = number | bigint | undefined;

/**
 * Names, labels and meanings are those of danielqsj/kafka_exporter, for which public dashboards and rules exist. That
 * exporter has no metrics of transactions.
 */
const PARTITION_METRICS: readonly (readonly [name: string, help: string, value: (of: PartitionSnapshot) => Value])[] = [
  ['current_offset', 'High watermark: the offset after the last replicated record', ({ log }) => log?.highWatermark],
  ['oldest_offset', 'Offset of the first record that is still in the log', ({ log }) => log?.start],
  [
    'unstable_records',
    'Records from the last stable offset to the high watermark, which consumers with read_committed cannot read because of an open transaction',
    ({ log }) => log && unstable(log),
  ],
  [
    'in_sync_replica',
    'Replicas in sync, on brokers that are not fenced',
    ({ inSyncReplicas }) => inSyncReplicas.length,
  ],
  ['leader', 'Id of the broker that leads the partition', ({ leaderId }) => (leaderId < 0 ? undefined : leaderId)],
  [
    'leader_is_preferred',
    '1 when the preferred replica leads, else 0',
    (one) => Number(one.leaderId === one.replicas[0]),
  ],
  ['replicas', 'Replicas of the partition', ({ replicas }) => replicas.length],
  [
    'under_replicated_partition',
    '1 when a replica is not in sync, else 0',
    ({ inSyncReplicas, replicas }) => Number(inSyncReplicas.length < replicas.length),
  ],
];

/** The two offsets come from separate requests, so the difference may be negative. */
const unstable = ({ highWatermark, lastStable }: LogOffsets): bigint =>
  highWatermark > lastStable ? highWatermark - lastStable : 0n;

/** The metrics of a cluster. Unknown values have no sample. */
export function clusterMetrics({ brokers, topics, groups }: ClusterSnapshot): readonly Metric[] {
  const partitions = topics.flatMap(({ name, partitions: own }) => own.map((one) => ({ topic: name, one })));
  return [
    {
      name: 'kafka_brokers',
      help: 'Brokers that are registered and not fenced',
      samples: [{ labels: {}, value: brokers }],
    },
    {
      name: 'kafka_topic_partitions',
      help: 'Partitions of the topic',
      samples: topics.map(({ name, partitions: own }) => ({ labels: { topic: name }, value: own.length })),
    },
    ...PARTITION_METRICS.map(([name, help, valueOf]) => ({
      name: `kafka_topic_partition_${name}`,
      help,
      samples: partitions.flatMap(({ topic, one }) => sample({ topic, partition: one.partition }, valueOf(one))),
    })),
    {
      name: 'kafka_topic_partition_open_transaction_age_seconds',
      help: 'Age of the oldest open transaction, which blocks consumers with read_committed; state hanging: no coordinator will end it',
      samples: partitions.flatMap(({ topic, one }) => ageOf(topic, one)),
    },
    {
      name: 'kafka_consumergroup_members',
      help: 'Members of the consumer group',
      samples: groups.flatMap(({ group, members }) => sample({ consumergroup: group }, members)),
    },
    ...groupMetrics(lagsOf({ topics, groups })),
  ];
}

function ageOf(topic: string, { partition, transaction }: PartitionSnapshot): readonly Sample[] {
  if (transaction === undefined) return [];
  const { transactionalId = '', state, ageMs } = transaction;
  return [{ labels: { topic, partition, transactional_id: transactionalId, state }, value: Math.round(ageMs / 1_000) }];
}

interface GroupLag extends TopicLag {
  readonly labels: { readonly consumergroup: string; readonly topic: string };
}

function lagsOf({ topics, groups }: Pick<ClusterSnapshot, 'topics' | 'groups'>): readonly GroupLag[] {
  const topicOf = new Map(topics.map((topic) => [topic.name, topic]));
  return groups.flatMap((group) =>
    groupLags(group, topicOf).map((lag) => ({ ...lag, labels: { consumergroup: group.group, topic: lag.topic } })),
  );
}

function groupMetrics(lags: readonly GroupLag[]): readonly Metric[] {
  const partitions = lags.flatMap(({ labels, partitions: own }) =>
    own.map(({ partition, ...one }) => ({ labels: { ...labels, partition }, ...one })),
  );
  return [
    {
      name: 'kafka_consumergroup_current_offset',
      help: 'Committed offset of the group; -1 when there is none',
      samples: partitions.map(({ labels, currentOffset }) => ({ labels, value: currentOffset })),
    },
    {
      name: 'kafka_consumergroup_current_offset_sum',
      help: 'Sum of the committed offsets of the group on the topic',
      samples: lags.flatMap(({ labels, currentOffsetSum }) => sample(labels, currentOffsetSum)),
    },
    {
      name: 'kafka_consumergroup_lag',
      help: 'Records up to the last stable offset that the group has not read; -1 if it has neither a committed offset nor a member',
      samples: partitions.flatMap(({ labels, lag }) => sample(labels, lag)),
    },
    {
      name: 'kafka_consumergroup_lag_sum',
      help: 'Sum of the known lags of the group on the topic',
      samples: lags.flatMap(({ labels, lagSum }) => sample(labels, lagSum)),
    },
  ];
}

const sample = (labels: Sample['labels'], value: Value): readonly Sample[] =>
  value === undefined ? [] : [{ labels, value }];
