import type { Kafka } from 'kafkajs';
import type { TopicName } from '../../topics/catalogue';
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

/** The records by partition, in the order in which they came. */
export function byPartition(
  records: readonly TransactionRecord[],
  counts: ReadonlyMap<TopicName, number>,
): readonly PartitionRecords[] {
  const groups = new Map<
    string,
    { topic: TopicName; partition: number; messages: PartitionRecords['messages'][number][] }
  >();
  // Records without a key go together: each further partition of a transaction costs two requests.
  const anywhere = Math.random();
  for (const record of records) {
    const { topic } = record;
    const count = counts.get(topic) ?? 1;
    const { key, value, headers, timestamp } = new OpenRecord(topic, record);
    const partition = record.partition ?? (key === null ? Math.floor(anywhere * count) : partitionOf(key, count));
    const name = `${topic}-${partition}`;
    let group = groups.get(name);
    if (group === undefined) groups.set(name, (group = { topic, partition, messages: [] }));
    group.messages.push({ key, value, headers, timestamp });
  }
  return [...groups.values()];
}
