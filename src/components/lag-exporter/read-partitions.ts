import type { ClusterBroker } from '../../protocol/describe-cluster';
import type { TopicMetadata } from '../../protocol/metadata';
import type { Inquiry } from './inquiry';
import type { LogMemory } from './log-memory';
import type { GroupSnapshot } from './read-groups';
import { logKey, readLogs, type LogOffsets } from './read-logs';
import { readOpenTransactions, type OpenTransaction } from './read-open-transactions';
import { readPassedOver, type PassedOverByPosition } from './read-passed-over';

/** What a reading adds to the metadata of a partition. */
export interface PartitionReading {
  /** Undefined if no leader answers. */
  readonly log: LogOffsets | undefined;
  /** The oldest open transaction; undefined if none limits the last stable offset. */
  readonly transaction?: OpenTransaction | undefined;
  /** Offsets without visible records after the positions of groups. @default none */
  readonly passedOver?: PassedOverByPosition | undefined;
}

interface PartitionsProps {
  /** Brokers that serve. */
  readonly brokers: readonly ClusterBroker[];
  /** All topics, including Kafka's internal ones. */
  readonly all: readonly TopicMetadata[];
  /** Topics whose logs are read. */
  readonly topics: readonly TopicMetadata[];
  /**
   * Groups must be read before the logs. Otherwise records written and consumed between the two requests would place a
   * committed offset beyond the end of its log.
   */
  readonly groups: readonly GroupSnapshot[];
  readonly memory: LogMemory;
}

/**
 * Reads the logs of topics, and the causes that keep readers from reaching the ends. @returns the results for each
 * partition
 */
export async function readPartitions(
  { all, ...props }: PartitionsProps,
  inquiry: Inquiry,
): Promise<(topic: string, partition: number) => PartitionReading> {
  const { brokers, topics } = props;
  const logs = await readLogs(brokers, topics, inquiry);
  const own = { ...props, logs };
  const [transactions, passedOver] = await Promise.all([
    readOpenTransactions({ ...own, topics: all }, inquiry),
    readPassedOver(own, inquiry),
  ]);
  return (topic, partition) => {
    const key = logKey(topic, partition);
    return { log: logs.get(key), transaction: transactions.get(key), passedOver: passedOver.get(key) };
  };
}
