import { retry } from '../../waiting/retry';
import { toServer, type KafkaConnection } from '../../protocol/connection';
import { DESCRIBE_CLUSTER, type ClusterBroker } from '../../protocol/describe-cluster';
import { describeTopics, type TopicSetting, type TopicSettings } from '../../protocol/describe-topic-configs';
import { METADATA, type PartitionMetadata, type TopicMetadata } from '../../protocol/metadata';
import { ask, askServer, KafkaError } from '../../protocol/request';
import type { BrokerInheritance } from './inheritance';

/** Number of topics in one request; the response then has one or two megabytes. */
const BATCH = 250;

/** Timeout for reading inherited values from a broker. A broker that does not answer is skipped. */
const BROKER_MS = 5_000;

const AGREE_MS = 30_000;
const POLL_MS = 250;

/** Kafka's error code UNKNOWN_TOPIC_OR_PARTITION. */
const UNKNOWN_TOPIC = 3;

/** A topic as it is in the cluster. */
export interface LiveTopic {
  readonly name: string;
  readonly partitions: number;
  /** The smallest replication factor of all partitions. */
  readonly replicationFactor: number;
  readonly settings: Readonly<Record<string, TopicSetting>>;
  /** Descriptions of the partitions with out-of-sync replicas. */
  readonly outOfSync: readonly string[];
}

/** The topics of a cluster, and the values that they inherit from its brokers. */
export interface LiveCluster {
  readonly topics: readonly LiveTopic[];
  readonly brokers: readonly BrokerInheritance[];
}

/**
 * Reads all topics except Kafka's internal ones, and the inherited values of each broker that answers.
 * @param wanted names of the topics whose settings are all read; other topics are returned without settings
 */
export async function liveCluster(connection: KafkaConnection, wanted: readonly string[]): Promise<LiveCluster> {
  const names = new Set(wanted);
  return untilAgreed(async () => {
    const topics = await readTopics(connection, { isRead: (name) => names.has(name) });
    const [first] = topics;
    return { topics, brokers: first === undefined ? [] : await inheritances(connection, first.name) };
  });
}

/** Reads all topics except Kafka's internal ones, with these settings. */
export const liveTopics = (
  connection: KafkaConnection,
  configNames: readonly string[],
): Promise<readonly LiveTopic[]> => untilAgreed(() => readTopics(connection, { configNames }));

/**
 * Brokers learn about topics one after the other. A broker may not know a topic yet that another broker listed; the
 * read is then repeated.
 */
const untilAgreed = <T>(read: () => Promise<T>): Promise<T> =>
  retry(read, {
    canRetry: (error) => error instanceof KafkaError && error.code === UNKNOWN_TOPIC,
    withinMs: AGREE_MS,
    everyMs: POLL_MS,
  });

interface Reading {
  /** Names of the settings to read. @default all settings */
  readonly configNames?: readonly string[];
  /** Selects the topics whose settings are read. @default all topics */
  readonly isRead?: (name: string) => boolean;
}

async function readTopics(
  connection: KafkaConnection,
  { configNames, isRead = () => true }: Reading,
): Promise<readonly LiveTopic[]> {
  const own = (await ask(connection, METADATA)).filter(({ name }) => !name.startsWith('__'));
  const asked = configNames === undefined ? {} : { settings: configNames };
  const settings = new Map<string, LiveTopic['settings']>();
  const read = own.map(({ name }) => name).filter(isRead);
  for (const names of batches(read, BATCH)) {
    for (const one of await ask(connection, describeTopics(names, asked))) {
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

/**
 * Each broker returns only its own settings. If no broker can be reached at its advertised address, the broker that
 * answers stands for all.
 * @param topic any existing topic; its own settings do not matter
 */
async function inheritances(connection: KafkaConnection, topic: string): Promise<readonly BrokerInheritance[]> {
  const { brokers } = await ask(connection, DESCRIBE_CLUSTER);
  const serving = brokers.filter(({ isFenced }) => !isFenced);
  const told = (await Promise.all(serving.map((broker) => inheritanceOf(connection, broker, topic)))).flat();
  if (told.length > 0) return told;
  return [{ settings: inheritedIn(await ask(connection, describeTopics([topic], { inherited: true }))) }];
}

async function inheritanceOf(
  connection: KafkaConnection,
  { id: nodeId, host, port }: ClusterBroker,
  topic: string,
): Promise<readonly BrokerInheritance[]> {
  try {
    const server = toServer(connection, `${host}:${port}`);
    const described = await askServer(server, describeTopics([topic], { inherited: true }), { timeoutMs: BROKER_MS });
    return [{ nodeId, settings: inheritedIn(described) }];
  } catch (error) {
    if (error instanceof KafkaError) throw error;
    return [];
  }
}

const inheritedIn = ([described]: readonly TopicSettings[]): BrokerInheritance['settings'] =>
  Object.fromEntries(Object.entries(described?.settings ?? {}).map(([name, { inherited = [] }]) => [name, inherited]));

/** Descriptions of the partitions of a topic with out-of-sync replicas. */
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
