import { murmur2 } from './murmur2';

/**
 * The partition that Kafka's Java client chooses for a key. It masks the sign bit; the absolute value would give
 * another partition for half of the keys.
 */
export const partitionOf = (key: Buffer, partitions: number): number => (murmur2(key) & 0x7fffffff) % partitions;

/** The partition for records without a key: the same one until its batch is full or sent, then another one. */
export class StickyPartition {
  private current: number;
  private bytes = 0;
  private records = 0;

  /** @param random returns a number from 0 (inclusive) to 1 (exclusive) */
  constructor(
    private readonly partitions: number,
    private readonly limits: { readonly batchRecords: number; readonly batchBytes: number },
    private readonly random: () => number = Math.random,
  ) {
    this.current = Math.floor(random() * partitions);
  }

  place(bytes: number): number {
    if (this.records >= this.limits.batchRecords || this.bytes + bytes > this.limits.batchBytes) this.move();
    this.records += 1;
    this.bytes += bytes;
    return this.current;
  }

  /** A batch of the partition was sent. Further records would have to wait for it, so another partition is chosen. */
  left(partition: number): void {
    if (partition === this.current) this.move();
  }

  private move(): void {
    const step = this.partitions > 1 ? 1 + Math.floor(this.random() * (this.partitions - 1)) : 0;
    this.current = (this.current + step) % this.partitions;
    this.bytes = 0;
    this.records = 0;
  }
}
