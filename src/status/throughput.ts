import { logKey } from '../components/lag-exporter/read-logs';
import type { TopicSnapshot } from '../components/lag-exporter/snapshot';
import { RingBuffer } from './ring-buffer';

/** Records written between two readings. */
export interface ThroughputPoint {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly recordsPerSecond: number;
}

/**
 * Records per second, calculated from the high watermarks. Every transaction marker increases the high watermark as
 * well; Kafka does not distinguish markers from records.
 */
export class Throughput {
  private readonly ring: RingBuffer<ThroughputPoint>;
  private readonly ends = new Map<string, bigint>();
  private lastAt: number | undefined;
  private rates: ReadonlyMap<string, number> = new Map();

  constructor(capacity: number) {
    this.ring = new RingBuffer(capacity);
  }

  /** Points, oldest first. */
  get points(): readonly ThroughputPoint[] {
    return this.ring.items;
  }

  /** Records per second of a topic between the last two readings. */
  rateOf(topic: string): number | undefined {
    return this.rates.get(topic);
  }

  /** @param at time of the reading in milliseconds since 1970 */
  take(topics: readonly TopicSnapshot[], at: number): void {
    const from = this.lastAt;
    const written = topics.map((topic) => [topic.name, this.writtenTo(topic)] as const);
    this.lastAt = at;
    if (from === undefined || at <= from) return;
    const perSecond = (records: number): number => (records * 1_000) / (at - from);
    this.rates = new Map(written.map(([name, records]) => [name, perSecond(records)]));
    const all = written.reduce((sum, [, records]) => sum + records, 0);
    this.ring.push({ from, to: at, recordsPerSecond: perSecond(all) });
  }

  private writtenTo({ name, partitions }: TopicSnapshot): number {
    return partitions.reduce((sum, { partition, log }) => {
      // Nothing is written without a leader, so the last known state of the partition remains valid.
      if (log === undefined) return sum;
      const key = logKey(name, partition);
      const before = this.ends.get(key) ?? (this.lastAt === undefined ? log.highWatermark : log.start);
      this.ends.set(key, log.highWatermark);
      // The log of a recreated topic may be shorter than that of its predecessor.
      return sum + Math.max(0, Number(log.highWatermark - before));
    }, 0);
  }
}
