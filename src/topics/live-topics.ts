import { setTimeout as delay } from 'node:timers/promises';
import { ConfigResourceTypes, type Admin } from 'kafkajs';
import { kafkaErrorType } from '../client/quiet-kafka';

/** Topics in one request; a thousand at once would be an answer of many megabytes. */
const BATCH = 250;

const AGREE_MS = 30_000;
const POLL_MS = 250;

/** `configSource` of a setting that stands on the topic itself. */
const ON_TOPIC = 1;

export interface LiveSetting {
  readonly value: string;
  /** False when the topic only inherits it, so that it changes with the brokers' defaults. */
  readonly onTopic: boolean;
}

/** A topic as it stands in the cluster. */
export interface LiveTopic {
  readonly name: string;
  readonly partitions: number;
  /** The smallest over all partitions. */
  readonly replicationFactor: number;
  readonly settings: Readonly<Record<string, LiveSetting>>;
  /** Partitions that miss replicas, in words. */
  readonly outOfSync: readonly string[];
}

/**
 * Every topic but Kafka's internal ones, with these settings. Brokers learn of topics one after the other: what one
 * lists, another may not know for a moment, and so the reading begins again.
 */
export async function liveTopics(admin: Admin, configNames: readonly string[]): Promise<readonly LiveTopic[]> {
  const deadline = Date.now() + AGREE_MS;
  for (;;) {
    try {
      return await readOnce(admin, configNames);
    } catch (error) {
      if (kafkaErrorType(error) !== 'UNKNOWN_TOPIC_OR_PARTITION' || Date.now() > deadline) throw error;
      await delay(POLL_MS);
    }
  }
}

async function readOnce(admin: Admin, configNames: readonly string[]): Promise<readonly LiveTopic[]> {
  const { topics } = await admin.fetchTopicMetadata();
  const own = topics.filter(({ name }) => !name.startsWith('__'));
  const settings = new Map<string, Record<string, LiveSetting>>();
  for (const names of batches(
    own.map(({ name }) => name),
    BATCH,
  )) {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: names.map((name) => ({ type: ConfigResourceTypes.TOPIC, name, configNames: [...configNames] })),
    });
    for (const { resourceName, configEntries } of resources) {
      const entries = configEntries.map(({ configName, configValue, configSource }) => [
        configName,
        { value: configValue, onTopic: (configSource as number) === ON_TOPIC },
      ]);
      settings.set(resourceName, Object.fromEntries(entries) as Record<string, LiveSetting>);
    }
  }
  return own.map(({ name, partitions }) => ({
    name,
    partitions: partitions.length,
    replicationFactor: Math.min(...partitions.map(({ replicas }) => replicas.length)),
    settings: settings.get(name) ?? {},
    outOfSync: partitions
      .filter(({ isr, replicas }) => isr.length < replicas.length)
      .map(
        ({ partitionId, isr, replicas }) =>
          `${name}-${partitionId}: ${isr.length} of ${replicas.length} replicas in sync`,
      ),
  }));
}

export function batches<T>(items: readonly T[], size: number): readonly T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
