import { setTimeout as delay } from 'node:timers/promises';
import { describeTopicConfigs, type TopicSetting } from '../wire/describe-topic-configs';
import { METADATA, type PartitionMetadata, type TopicMetadata } from '../wire/metadata';
import { ask, KafkaError } from '../wire/request';

/** Topics in one request; a thousand at once would be an answer of many megabytes. */
const BATCH = 250;

const AGREE_MS = 30_000;
const POLL_MS = 250;

/** Kafka's number of UNKNOWN_TOPIC_OR_PARTITION. */
const UNKNOWN_TOPIC = 3;

/** A topic as it stands in the cluster. */
export interface LiveTopic {
  readonly name: string;
  readonly partitions: number;
  /** The smallest over all partitions. */
  readonly replicationFactor: number;
  readonly settings: Readonly<Record<string, TopicSetting>>;
  /** Partitions that miss replicas, in words. */
  readonly outOfSync: readonly string[];
}

/**
 * Every topic but Kafka's internal ones, with these settings. Brokers learn of topics one after the other: what one
 * lists, another may not know for a moment, and so the reading begins again.
 */
export async function liveTopics(
  bootstrap: readonly string[],
  configNames: readonly string[],
): Promise<readonly LiveTopic[]> {
  const deadline = Date.now() + AGREE_MS;
  for (;;) {
    try {
      return await readOnce(bootstrap, configNames);
    } catch (error) {
      const isUnknownTopic = error instanceof KafkaError && error.code === UNKNOWN_TOPIC;
      if (!isUnknownTopic || Date.now() > deadline) throw error;
      await delay(POLL_MS);
    }
  }
}

async function readOnce(bootstrap: readonly string[], configNames: readonly string[]): Promise<readonly LiveTopic[]> {
  const own = (await ask(bootstrap, METADATA)).filter(({ name }) => !name.startsWith('__'));
  const settings = new Map<string, LiveTopic['settings']>();
  for (const topics of batches(own, BATCH)) {
    const names = topics.map(({ name }) => name);
    for (const one of await ask(bootstrap, describeTopicConfigs(names, configNames))) {
      settings.set(one.topic, one.settings);
    }
  }
  return own.map((topic) => ({
    name: topic.name,
    partitions: topic.partitions.length,
    replicationFactor: Math.min(...topic.partitions.map(({ replicas }) => replicas.length)),
    settings: settings.get(topic.name) ?? {},
    outOfSync: outOfSync(topic),
  }));
}

/** The partitions of a topic that miss replicas, in words. */
export const outOfSync = ({ name, partitions }: TopicMetadata): readonly string[] =>
  partitions
    .filter(missesReplicas)
    .map(
      ({ partition, inSyncReplicas, replicas }) =>
        `${name}-${partition}: ${inSyncReplicas.length} of ${replicas.length} replicas in sync`,
    );

const missesReplicas = ({ inSyncReplicas, replicas }: PartitionMetadata): boolean =>
  inSyncReplicas.length < replicas.length;

export function batches<T>(items: readonly T[], size: number): readonly T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
