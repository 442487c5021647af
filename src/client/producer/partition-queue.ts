interface Queued {
  readonly bytes: number;
  /** Time when the item was added, in milliseconds. */
  readonly since: number;
}

interface BatchLimits {
  readonly batchRecords: number;
  readonly batchBytes: number;
  readonly lingerMs: number;
}

/** The waiting records of a partition, in order, and the batches made of them. */
export class PartitionQueue<T extends Queued> {
  private items: T[] = [];
  private bytes = 0;

  constructor(private readonly limits: BatchLimits) {}

  put(item: T): void {
    this.items.push(item);
    this.bytes += item.bytes;
  }

  /** Time when the next batch is due: immediately if it is full, undefined without items. */
  get dueAt(): number | undefined {
    const [oldest] = this.items;
    if (oldest === undefined) return undefined;
    const { batchRecords, batchBytes, lingerMs } = this.limits;
    return this.items.length >= batchRecords || this.bytes >= batchBytes ? -Infinity : oldest.since + lingerMs;
  }

  /** Removes the next batch; an item larger than the byte limit is a batch of its own. */
  take(): readonly T[] {
    const { batchRecords, batchBytes } = this.limits;
    let bytes = 0;
    let count = 0;
    for (const item of this.items) {
      if (count > 0 && (count >= batchRecords || bytes + item.bytes > batchBytes)) break;
      bytes += item.bytes;
      count += 1;
    }
    return this.remove(count);
  }

  /** Removes items that were added before this time, without sending them. */
  takeOlderThan(time: number): readonly T[] {
    const kept = this.items.findIndex(({ since }) => since >= time);
    return this.remove(kept === -1 ? this.items.length : kept);
  }

  private remove(count: number): readonly T[] {
    const removed = this.items.splice(0, count);
    for (const { bytes } of removed) this.bytes -= bytes;
    return removed;
  }
}
