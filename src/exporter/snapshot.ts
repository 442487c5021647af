import { DESCRIBE_CLUSTER, type ClusterBroker } from '../wire/describe-cluster';
import { METADATA, type PartitionMetadata } from '../wire/metadata';
import { askServer } from '../wire/request';
import { Inquiry } from './inquiry';
import { readGroups, type GroupSnapshot } from './read-groups';
import { logKey, readLogs, type LogOffsets } from './read-logs';

/** Five requests follow one another at most: together they stay below the 10 s that Prometheus waits for a scrape. */
const TIMEOUT_MS = 1_500;

export interface PartitionSnapshot extends PartitionMetadata {
  /** Those that are on brokers which serve: the last replica in sync stays listed when its broker is gone. */
  readonly inSyncReplicas: readonly number[];
  /** Nothing when no leader tells. */
  readonly log: LogOffsets | undefined;
}

export interface TopicSnapshot {
  readonly name: string;
  readonly partitions: readonly PartitionSnapshot[];
}

/** A cluster as its brokers tell of it. */
export interface ClusterSnapshot {
  /** How many serve. */
  readonly brokers: number;
  /** All but Kafka's internal ones. */
  readonly topics: readonly TopicSnapshot[];
  readonly groups: readonly GroupSnapshot[];
  /** What is missing, in words. */
  readonly problems: readonly string[];
}

/**
 * Reads everything anew.
 * @param timeoutMs without a byte from a broker, after which it is left out; @default 1.5 s
 * @throws when no broker tells how the cluster stands
 */
export async function readSnapshot(bootstrap: readonly string[], timeoutMs = TIMEOUT_MS): Promise<ClusterSnapshot> {
  const { server, serving } = await firstView(bootstrap, timeoutMs);
  const all = await askServer(server, METADATA, timeoutMs);
  const topics = all.filter(({ name }) => !name.startsWith('__'));
  const inquiry = new Inquiry(timeoutMs);
  // Commits first: what is written and consumed between the two would otherwise be a commit beyond the end of its log.
  const groups = await readGroups(serving, inquiry);
  const logs = await readLogs(serving, topics, inquiry);
  const ids = new Set(serving.map(({ id }) => id));
  return {
    brokers: serving.length,
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map((one) => ({
        ...one,
        inSyncReplicas: one.inSyncReplicas.filter((id) => ids.has(id)),
        log: logs.get(logKey(name, one.partition)),
      })),
    })),
    groups,
    problems: inquiry.problems,
  };
}

interface View {
  readonly server: string;
  readonly serving: readonly ClusterBroker[];
}

/** All are asked at once: a server that is gone must not use up the time. */
async function firstView(bootstrap: readonly string[], timeoutMs: number): Promise<View> {
  const views = bootstrap.map(async (server) => {
    const { brokers } = await askServer(server, DESCRIBE_CLUSTER, timeoutMs);
    return { server, serving: brokers.filter(({ isFenced }) => !isFenced) };
  });
  try {
    return await Promise.any(views);
  } catch (error) {
    const { errors } = error as { readonly errors: readonly Error[] };
    const reasons = errors.map(({ message }, index) => `${bootstrap[index] ?? ''}: ${message}`);
    throw new Error(`no broker answers (${reasons.join('; ')})`, { cause: error });
  }
}
