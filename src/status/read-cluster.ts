import { Inquiry } from '../exporter/inquiry';
import { readGroups, type GroupSnapshot } from '../exporter/read-groups';
import { logKey, readLogs, type LogOffsets } from '../exporter/read-logs';
import type { TopicSnapshot } from '../exporter/snapshot';
import { DESCRIBE_LOG_DIRS, type LocalReplica } from '../wire/describe-log-dirs';
import { DESCRIBE_QUORUM, type QuorumDescription } from '../wire/describe-quorum';
import { describeTopicConfigs, type TopicSettings } from '../wire/describe-topic-configs';
import { METADATA, type TopicMetadata } from '../wire/metadata';
import type { BrokerView } from './broker-views';

/** Settings that the status needs of every topic. */
export const SETTINGS = {
  cleanupPolicy: 'cleanup.policy',
  minInsyncReplicas: 'min.insync.replicas',
  retentionBytes: 'retention.bytes',
  retentionMs: 'retention.ms',
} as const;

/** A topic as it stands on the brokers that answer: a leader that does not is none. */
export interface ReadTopic extends TopicSnapshot {
  readonly isInternal: boolean;
  readonly settings: TopicSettings['settings'];
}

/** All that the brokers told at one time. */
export interface ClusterReading {
  readonly at: number;
  readonly topics: readonly ReadTopic[];
  readonly quorum: QuorumDescription | undefined;
  readonly groups: readonly GroupSnapshot[];
  /** Replicas by the broker that holds them; nothing for one that does not tell. */
  readonly replicas: ReadonlyMap<number, readonly LocalReplica[]>;
  /** What is missing, in words. */
  readonly problems: readonly string[];
}

/**
 * Reads the cluster from the brokers that answer. Four requests follow one another, each bounded by the time.
 * @throws when the one that tells of the topics ends meanwhile: what it did not tell must not pass for not there
 */
export async function readCluster(views: readonly BrokerView[], timeoutMs: number): Promise<ClusterReading> {
  const serving = views.filter(({ state }) => state === 'serving');
  const answering = [...serving, ...views.filter(({ state }) => state === 'fenced')];
  const [first] = answering;
  if (first === undefined) throw new Error('no broker answers');
  const inquiry = new Inquiry(timeoutMs);
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
  const [settings, groups] = await Promise.all([inquiry.ask(first, settingsRequest), readGroups(serving, inquiry)]);
  if (settings === undefined) throw unread(inquiry);
  const topics = all.map((topic) => settled(topic, new Set(serving.map(({ id }) => id))));
  // Commits first, as for lag: records that come between the two are still to be read, never read ahead of time.
  const own = topics.filter(({ isInternal }) => !isInternal);
  const logs = await readLogs(serving, own, inquiry);
  const at = Date.now();
  const settingsByTopic = new Map(settings.map((one) => [one.topic, one.settings]));
  return {
    at,
    topics: topics.map((topic) => ({ ...withLogs(topic, logs), settings: settingsByTopic.get(topic.name) ?? {} })),
    quorum,
    groups,
    replicas,
    problems: [...views.filter(({ state }) => state !== 'serving').map(away), ...inquiry.problems],
  };
}

const away = ({ id, state }: BrokerView): string => `broker ${id} is ${state}`;

const unread = ({ problems }: Inquiry): Error => new Error(problems.join('; '));

/** A broker that is gone leads nothing and is in sync with nobody, even while the controllers have not noticed. */
const settled = (topic: TopicMetadata, serving: ReadonlySet<number>): TopicMetadata => ({
  ...topic,
  partitions: topic.partitions.map((one) => ({
    ...one,
    leaderId: serving.has(one.leaderId) ? one.leaderId : -1,
    inSyncReplicas: one.inSyncReplicas.filter((id) => serving.has(id)),
  })),
});

const withLogs = ({ name, isInternal, partitions }: TopicMetadata, logs: ReadonlyMap<string, LogOffsets>) => ({
  name,
  isInternal,
  partitions: partitions.map((one) => ({ ...one, log: logs.get(logKey(name, one.partition)) })),
});

async function replicasOf(brokers: readonly BrokerView[], inquiry: Inquiry): Promise<ClusterReading['replicas']> {
  const told = await Promise.all(
    brokers.map(async (broker) => [broker.id, await inquiry.ask(broker, DESCRIBE_LOG_DIRS)] as const),
  );
  return new Map(told.flatMap(([id, replicas]) => (replicas === undefined ? [] : [[id, replicas] as const])));
}
