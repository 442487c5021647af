import { toServer, type KafkaConnection, type ServerConnection } from '../../protocol/connection';
import { DESCRIBE_CLUSTER, type ClusterBroker } from '../../protocol/describe-cluster';
import { METADATA, type PartitionMetadata } from '../../protocol/metadata';
import { askServer, type Timing } from '../../protocol/request';
import { Inquiry } from './inquiry';
import { LogMemory } from './log-memory';
import { readGroups, type GroupSnapshot } from './read-groups';
import { readPartitions, type PartitionReading } from './read-partitions';

/** A reading makes up to eight requests in sequence. */
const TIMEOUT_MS = 1_500;

export interface PartitionSnapshot extends PartitionMetadata, PartitionReading {
  /**
   * In-sync replicas on brokers that serve. Kafka keeps the last in-sync replica in the list even if its broker has
   * failed.
   */
  readonly inSyncReplicas: readonly number[];
}

export interface TopicSnapshot {
  readonly name: string;
  readonly partitions: readonly PartitionSnapshot[];
}

/** The state of a cluster as its brokers report it. */
export interface ClusterSnapshot {
  /** Number of brokers that serve. */
  readonly brokers: number;
  /** All topics except Kafka's internal ones. */
  readonly topics: readonly TopicSnapshot[];
  readonly groups: readonly GroupSnapshot[];
  /** Descriptions of the missing parts. */
  readonly problems: readonly string[];
}

interface ReadingOptions {
  /** Time without data from a broker after which the broker is skipped. @default 1.5 s */
  readonly timeoutMs?: number;
  /** Patterns of group names to exclude. @default none */
  readonly ignoreGroups?: readonly string[];
  /** Results of earlier readings. @default none */
  readonly memory?: LogMemory;
}

/** Reads the complete state. @throws if no broker returns the state of the cluster */
export async function readSnapshot(
  connection: KafkaConnection,
  { timeoutMs = TIMEOUT_MS, ignoreGroups, memory = new LogMemory() }: ReadingOptions = {},
): Promise<ClusterSnapshot> {
  const timing = { timeoutMs };
  const { server, serving } = await firstView(connection, timing);
  const all = await askServer(server, METADATA, timing);
  const topics = all.filter(({ name }) => !name.startsWith('__'));
  const inquiry = new Inquiry(connection, timing);
  const { groups } = await readGroups(serving, inquiry, { ignoreGroups, memory });
  const readingOf = await readPartitions({ brokers: serving, all, topics, groups, memory }, inquiry);
  const ids = new Set(serving.map(({ id }) => id));
  return {
    brokers: serving.length,
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map((one) => ({
        ...one,
        ...readingOf(name, one.partition),
        inSyncReplicas: one.inSyncReplicas.filter((id) => ids.has(id)),
      })),
    })),
    groups,
    problems: inquiry.problems,
  };
}

/** Returns a function that reads a cluster repeatedly and reuses the results of earlier readings. */
export function repeatedReading(
  connection: KafkaConnection,
  options: Pick<ReadingOptions, 'ignoreGroups'>,
): () => Promise<ClusterSnapshot> {
  const memory = new LogMemory();
  return () => readSnapshot(connection, { ...options, memory });
}

interface View {
  readonly server: ServerConnection;
  readonly serving: readonly ClusterBroker[];
}

/** All bootstrap servers are queried in parallel, so that an unavailable server does not use up the time. */
async function firstView(connection: KafkaConnection, timing: Timing): Promise<View> {
  const views = connection.bootstrapServers.map(async (address) => {
    const server = toServer(connection, address);
    const { brokers } = await askServer(server, DESCRIBE_CLUSTER, timing);
    return { server, serving: brokers.filter(({ isFenced }) => !isFenced) };
  });
  try {
    return await Promise.any(views);
  } catch (error) {
    const { errors } = error as { readonly errors: readonly Error[] };
    const reasons = errors.map(({ message }, index) => `${connection.bootstrapServers[index] ?? ''}: ${message}`);
    throw new Error(`no broker answers (${reasons.join('; ')})`, { cause: error });
  }
}
