import type { Metric, Sample } from './exposition';
import { topicLag, type TopicLag } from './lag';
import type { ClusterSnapshot, PartitionSnapshot } from './snapshot';

type Value = number | bigint | undefined;

/** Names, labels and meaning are those of danielqsj/kafka_exporter, for which public dashboards and rules are written. */
const PARTITION_METRICS: readonly (readonly [name: string, help: string, value: (of: PartitionSnapshot) => Value])[] = [
  ['current_offset', 'End of the replicated records', ({ log }) => log?.highWatermark],
  ['oldest_offset', 'First record that is still there', ({ log }) => log?.start],
  ['in_sync_replica', 'Replicas in sync, on brokers that serve', ({ inSyncReplicas }) => inSyncReplicas.length],
  ['leader', 'Broker that leads', ({ leaderId }) => (leaderId < 0 ? undefined : leaderId)],
  ['leader_is_preferred', '1 when the first replica leads', (one) => Number(one.leaderId === one.replicas[0])],
  ['replicas', 'Replicas', ({ replicas }) => replicas.length],
  [
    'under_replicated_partition',
    '1 when replicas are not in sync',
    ({ inSyncReplicas, replicas }) => Number(inSyncReplicas.length < replicas.length),
  ],
];

/** The cluster as metrics. What is unknown has no sample. */
export function clusterMetrics({ brokers, topics, groups }: ClusterSnapshot): readonly Metric[] {
  const partitions = topics.flatMap(({ name, partitions: own }) => own.map((one) => ({ topic: name, one })));
  return [
    { name: 'kafka_brokers', help: 'Brokers that serve', samples: [{ labels: {}, value: brokers }] },
    {
      name: 'kafka_topic_partitions',
      help: 'Partitions',
      samples: topics.map(({ name, partitions: own }) => ({ labels: { topic: name }, value: own.length })),
    },
    ...PARTITION_METRICS.map(([name, help, valueOf]) => ({
      name: `kafka_topic_partition_${name}`,
      help,
      samples: partitions.flatMap(({ topic, one }) => sample({ topic, partition: one.partition }, valueOf(one))),
    })),
    {
      name: 'kafka_consumergroup_members',
      help: 'Members of the group',
      samples: groups.flatMap(({ group, members }) => sample({ consumergroup: group }, members)),
    },
    ...groupMetrics(lagsOf({ topics, groups })),
  ];
}

interface GroupLag extends TopicLag {
  readonly labels: { readonly consumergroup: string; readonly topic: string };
}

/** A group may have commits on topics that are deleted. */
function lagsOf({ topics, groups }: Pick<ClusterSnapshot, 'topics' | 'groups'>): readonly GroupLag[] {
  const topicOf = new Map(topics.map((topic) => [topic.name, topic]));
  return groups.flatMap(({ group, committed }) =>
    [...committed].flatMap(([name, offsets]) => {
      const topic = topicOf.get(name);
      const lag = topic && topicLag(topic, offsets);
      return lag === undefined ? [] : [{ ...lag, labels: { consumergroup: group, topic: name } }];
    }),
  );
}

function groupMetrics(lags: readonly GroupLag[]): readonly Metric[] {
  const partitions = lags.flatMap(({ labels, partitions: own }) =>
    own.map(({ partition, ...one }) => ({ labels: { ...labels, partition }, ...one })),
  );
  return [
    {
      name: 'kafka_consumergroup_current_offset',
      help: 'Offset that the group has committed; -1 when none',
      samples: partitions.map(({ labels, currentOffset }) => ({ labels, value: currentOffset })),
    },
    {
      name: 'kafka_consumergroup_current_offset_sum',
      help: 'Sum of the offsets that the group has committed on the topic',
      samples: lags.map(({ labels, currentOffsetSum }) => ({ labels, value: currentOffsetSum })),
    },
    {
      name: 'kafka_consumergroup_lag',
      help: 'Records up to the last stable offset that the group has still to read; -1 without a committed offset',
      samples: partitions.flatMap(({ labels, lag }) => sample(labels, lag)),
    },
    {
      name: 'kafka_consumergroup_lag_sum',
      help: 'Sum of the lags of the topic that are known',
      samples: lags.flatMap(({ labels, lagSum }) => sample(labels, lagSum)),
    },
  ];
}

const sample = (labels: Sample['labels'], value: Value): readonly Sample[] =>
  value === undefined ? [] : [{ labels, value }];
