import { Inquiry } from '../components/lag-exporter/inquiry';
import { readGroups, type GroupSnapshot } from '../components/lag-exporter/read-groups';
import type { LogMemory } from '../components/lag-exporter/log-memory';
import { readPartitions } from '../components/lag-exporter/read-partitions';
import type { TopicSnapshot } from '../components/lag-exporter/snapshot';
import type { KafkaConnection } from '../protocol/connection';
import { DESCRIBE_LOG_DIRS, type LocalReplica } from '../protocol/describe-log-dirs';
import { DESCRIBE_QUORUM, type QuorumDescription } from '../protocol/describe-quorum';
import { describeTopicConfigs, type TopicSettings } from '../protocol/describe-topic-configs';
import { METADATA, type TopicMetadata } from '../protocol/metadata';
import type { BrokerView } from './broker-views';

/** Topic settings that the status needs. */
export const SETTINGS = {
  cleanupPolicy: 'cleanup.policy',
  minInsyncReplicas: 'min.insync.replicas',
  retentionBytes: 'retention.bytes',
  retentionMs: 'retention.ms',
} as const;

/** A topic according to the brokers that answer. A leader that does not answer counts as missing. */
export interface ReadTopic extends TopicSnapshot {
  readonly isInternal: boolean;
  readonly settings: TopicSettings['settings'];
}

/** Everything that the brokers reported in one reading. */
export interface ClusterReading {
  readonly at: number;
  readonly topics: readonly ReadTopic[];
  readonly quorum: QuorumDescription | undefined;
  readonly groups: readonly GroupSnapshot[];
  /** Names of the groups that the configuration excludes. */
  readonly leftOutGroups: readonly string[];
  /** Replicas by broker; undefined for a broker that does not answer. */
  readonly replicas: ReadonlyMap<number, readonly LocalReplica[]>;
  /** Descriptions of the missing parts. */
  readonly problems: readonly string[];
}

interface ReadingOptions {
  readonly timeoutMs: number;
  /** Patterns of group names to exclude. */
  readonly ignoreGroups: readonly string[];
  /** Results of earlier readings. */
  readonly memory: LogMemory;
}

/**
 * Reads the cluster from the brokers that answer. At most seven requests run in sequence, each with a time limit.
 * @throws if the broker that describes the topics fails during the reading, because missing information must not be
 * mistaken for missing topics
 */
export async function readCluster(
  connection: KafkaConnection,
  views: readonly BrokerView[],
  { timeoutMs, ignoreGroups, memory }: ReadingOptions,
): Promise<ClusterReading> {
  const serving = views.filter(({ state }) => state === 'serving');
  const answering = [...serving, ...views.filter(({ state }) => state === 'fenced')];
  const [first] = answering;
  if (first === undefined) throw new Error('no broker answers');
  const inquiry = new Inquiry(connection, { timeoutMs });
  const [all, quorum, replicas] = await Promise.all([
    inquiry.ask(first, METADATA),
    inquiry.ask(first, DESCRIBE_QUORUM),
    replicasOf(answering, inquiry),
  ]);
  if (all === undefined) throw unread(inquiry);
  const settingsRequest = describeTopicConfigs(
    all.map(({ name }) => name),
    Object.values(SETTINGS),
  );
  const [settings, { groups, leftOut }] = await Promise.all([
    inquiry.ask(first, settingsRequest),
    readGroups(serving, inquiry, { ignoreGroups, memory }),
  ]);
  if (settings === undefined) throw unread(inquiry);
  const topics = all.map((topic) => settled(topic, new Set(serving.map(({ id }) => id))));
  const own = topics.filter(({ isInternal }) => !isInternal);
  const readingOf = await readPartitions({ brokers: serving, all: topics, topics: own, groups, memory }, inquiry);
  const at = Date.now();
  const settingsByTopic = new Map(settings.map((one) => [one.topic, one.settings]));
  return {
    at,
    topics: topics.map(({ name, isInternal, partitions }) => ({
      name,
      isInternal,
      partitions: partitions.map((one) => ({ ...one, ...readingOf(name, one.partition) })),
      settings: settingsByTopic.get(name) ?? {},
    })),
    quorum,
    groups,
    leftOutGroups: leftOut,
    replicas,
    problems: [...views.filter(({ state }) => state !== 'serving').map(away), ...inquiry.problems],
  };
}

const away = ({ id, state }: BrokerView): string => `broker ${id} is ${state}`;

const unread = ({ problems }: Inquiry): Error => new Error(problems.join('; '));

/** A failed broker is neither leader nor in-sync replica, even if the controllers have not noticed the failure yet. */
const settled = (topic: TopicMetadata, serving: ReadonlySet<number>): TopicMetadata => ({
  ...topic,
  partitions: topic.partitions.map((one) => ({
    ...one,
    leaderId: serving.has(one.leaderId) ? one.leaderId : -1,
    inSyncReplicas: one.inSyncReplicas.filter((id) => serving.has(id)),
  })),
});

async function replicasOf(brokers: readonly BrokerView[], inquiry: Inquiry): Promise<ClusterReading['replicas']> {
  const told = await Promise.all(
    brokers.map(async (broker) => [broker.id, await inquiry.ask(broker, DESCRIBE_LOG_DIRS)] as const),
  );
  return new Map(told.flatMap(([id, replicas]) => (replicas === undefined ? [] : [[id, replicas] as const])));
}
