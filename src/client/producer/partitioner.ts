import { murmur2 } from './murmur2';

/** Where Kafka's Java client puts the key; not the absolute value, which differs for half of the keys. */
export const partitionOf = (key: Buffer, partitions: number): number => (murmur2(key) & 0x7fffffff) % partitions;

/** Where records without a key go: to one partition until its batch is full or gone, then to another one. */
export class StickyPartition {
  private current: number;
  private bytes = 0;
  private records = 0;

  /** @param random from 0 to below 1 */
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

  /** A batch of the partition is on its way: what comes now would have to wait for it. */
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
