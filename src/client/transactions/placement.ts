import type { Kafka } from 'kafkajs';
import type { TopicName } from '../../topics/catalogue';
import { DEFAULTS } from '../producer/options';
import { partitionOf } from '../producer/partitioner';
import { OpenRecord } from '../producer/record';
import { partitionCount } from '../producer/transport';
import type { TransactionRecord } from './transaction-record';
import type { PartitionRecords } from './transactional-session';

/** Counts the partitions of topics, each once: were they to grow, keys would change theirs in between. */
export class PartitionCounts {
  private readonly known = new Map<TopicName, number>();

  constructor(private readonly kafka: Kafka) {}

  /** @throws when a topic does not exist, or no broker tells */
  async of(topics: readonly TopicName[]): Promise<ReadonlyMap<TopicName, number>> {
    for (const topic of topics)
      if (!this.known.has(topic)) this.known.set(topic, await partitionCount(this.kafka, topic));
    return this.known;
  }
}

interface Part extends PartitionRecords {
  readonly messages: PartitionRecords['messages'][number][];
  bytes: number;
}

/**
 * The records by partition, in the order in which they came; what is more than brokers take of a partition in one request,
 * before compression, is cut into several. A larger record goes alone.
 */
export function byPartition(
  records: readonly TransactionRecord[],
  counts: ReadonlyMap<TopicName, number>,
): readonly PartitionRecords[] {
  const parts: Part[] = [];
  const newest = new Map<string, Part>();
  // Records without a key go together: each further partition of a transaction costs two requests.
  const anywhere = Math.random();
  for (const record of records) {
    const { topic } = record;
    const count = counts.get(topic) ?? 1;
    const { key, value, headers, timestamp, bytes } = new OpenRecord(topic, record);
    const partition = record.partition ?? (key === null ? Math.floor(anywhere * count) : partitionOf(key, count));
    const name = `${topic}-${partition}`;
    let part = newest.get(name);
    if (part === undefined || part.bytes + bytes > DEFAULTS.batchBytes) {
      part = { topic, partition, messages: [], bytes: 0 };
      newest.set(name, part);
      parts.push(part);
    }
    part.messages.push({ key, value, headers, timestamp });
    part.bytes += bytes;
  }
  return parts;
}
