import type { PartitionProgress } from '../metrics/partition-progress';

interface Fetched extends Pick<PartitionProgress, 'topic' | 'partition'> {
  readonly offset: bigint;
  /** Timestamp of the record, in milliseconds since 1970. */
  readonly timestamp: number;
  /** Time when the record was first fetched, in milliseconds since 1970. */
  readonly since: number;
}

/**
 * Remembers the first fetched and uncommitted record of each partition, even while no record is being handled, for
 * example between attempts to take the partition over. Its age therefore grows until the commit advances or the group
 * is rejoined.
 */
export class Uncommitted {
  private readonly known = new Map<string, Fetched>();

  /** @param now current time in milliseconds since 1970 */
  constructor(private readonly now = Date.now) {}

  /** Records were fetched, starting with this one. */
  fetched(topic: string, partition: number, first: { readonly offset: bigint; readonly timestamp: number }): void {
    const name = `${topic}-${partition}`;
    if (this.known.get(name)?.offset === first.offset) return;
    const { offset, timestamp } = first;
    this.known.set(name, { topic, partition, offset, timestamp, since: this.now() });
  }

  committed(topic: string, partition: number): void {
    this.known.delete(`${topic}-${partition}`);
  }

  /** The new members will fetch uncommitted records again. */
  rejoined(): void {
    this.known.clear();
  }

  /** @param running progress of the partitions that are being handled */
  progress(running: readonly PartitionProgress[]): readonly PartitionProgress[] {
    for (const { topic, partition, oldest } of running) {
      if (oldest === undefined) this.committed(topic, partition);
      else this.fetched(topic, partition, oldest);
    }
    const gaps = new Map(running.map(({ topic, partition, gap }) => [`${topic}-${partition}`, gap]));
    const open = [...this.known].map(([name, { topic, partition, offset, timestamp, since }]) => ({
      topic,
      partition,
      gap: gaps.get(name) ?? 0,
      // A record with a timestamp in the future, or without a valid one, ages from the time it was fetched.
      oldest: { offset, timestamp: Math.min(timestamp, since) },
    }));
    return [...open, ...running.filter(({ oldest }) => oldest === undefined)];
  }
}
