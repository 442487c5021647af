import { setTimeout as delay } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import { PartitionMissing } from '../producer/missing';
import { DEFAULTS } from '../producer/options';
import { partitionOf } from '../producer/partitioner';
import { OpenRecord } from '../producer/record';
import { partitionCount } from '../producer/transport';
import { METADATA_MAX_AGE_MS } from '../kafka-client';
import type { TransactionRecord } from './transaction-record';
import type { PartitionRecords } from './transactional-session';

/** How long to wait for a new answer if an older one is known. */
const SOON_MS = 1_000;

/** A request in progress. */
interface Counting {
  readonly count: Promise<number>;
  readonly since: number;
}

/**
 * Counts the partitions of topics. A count that is older than a producer's metadata may be is refreshed, so that keys
 * of an extended topic go to the same partitions as with other producers.
 */
export class PartitionCounts {
  private readonly known = new Map<string, { readonly count: number; readonly at: number }>();
  private readonly counting = new Map<string, Counting>();

  constructor(
    private readonly kafka: Kafka,
    private readonly count = partitionCount,
  ) {}

  /**
   * @param records records whose topics, and whose explicit partitions, must be known
   * @throws {TopicMissing} if a topic does not exist
   * @throws {PartitionMissing} if a record names a partition that its topic does not have
   * @throws {RetriableError} if no broker answers
   */
  async of(records: readonly TransactionRecord[]): Promise<ReadonlyMap<string, number>> {
    const highest = new Map<string, number>();
    for (const { topic, partition = 0 } of records) highest.set(topic, Math.max(partition, highest.get(topic) ?? 0));
    const counts = new Map<string, number>();
    for (const [topic, partition] of highest) {
      const count = await this.newest(topic, partition);
      if (partition >= count) throw new PartitionMissing(topic, partition, count);
      counts.set(topic, count);
    }
    return counts;
  }

  /** An old count is used if no broker answers quickly, for example while a broker is unavailable. */
  private async newest(topic: string, partition: number): Promise<number> {
    const known = this.known.get(topic);
    if (known === undefined || partition >= known.count) return this.counted(topic).count;
    if (performance.now() - known.at < METADATA_MAX_AGE_MS) return known.count;
    const { count, since } = this.counted(topic);
    const leftMs = Math.max(0, since + SOON_MS - performance.now());
    const newest = count.catch(() => known.count);
    return Promise.race([newest, delay(leftMs, known.count, { ref: false })]);
  }

  private counted(topic: string): Counting {
    let counting = this.counting.get(topic);
    if (counting !== undefined) return counting;
    const count = this.count(this.kafka, topic)
      .then((newest) => {
        this.known.set(topic, { count: newest, at: performance.now() });
        return newest;
      })
      .finally(() => this.counting.delete(topic));
    counting = { count, since: performance.now() };
    this.counting.set(topic, counting);
    return counting;
  }
}

interface Part extends PartitionRecords {
  readonly messages: PartitionRecords['messages'][number][];
  bytes: number;
}

/**
 * Groups the records by partition in their order. Records that exceed the maximum request size of brokers, before
 * compression, are split into several parts. A larger record is sent alone.
 */
export function byPartition(
  records: readonly TransactionRecord[],
  counts: ReadonlyMap<string, number>,
): readonly PartitionRecords[] {
  const parts: Part[] = [];
  const newest = new Map<string, Part>();
  // Records without a key share one partition: each additional partition of a transaction costs two requests.
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
