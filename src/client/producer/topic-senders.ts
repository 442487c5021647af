import { setTimeout as delay } from 'node:timers/promises';
import { METADATA_MAX_AGE_MS } from '../kafka-client';
import { DeliveryEnded } from './delivery';
import { PartitionSender, UNREACHABLE_PAUSE_MS, type Shared } from './partition-sender';
import { PartitionMissing, TopicMissing } from './missing';
import { partitionOf, StickyPartition } from './partitioner';
import type { OpenRecord } from './record';

/** Interval between checks whether a topic has got a partition that a record names. */
const LOOK_AGAIN_MS = 500;

/**
 * The senders of a topic. The partition count is refreshed when it is older than a producer's metadata may be. Records
 * added afterwards are distributed over the new partitions; records that already wait keep their partitions.
 */
export class TopicSenders {
  private senders: readonly PartitionSender[] = [];
  /** The newest partition count. There may be more senders, from an earlier count. */
  private count = 0;
  private sticky: StickyPartition | undefined;
  private countedAt = -Infinity;
  private counting: Promise<void> | undefined;
  /** Records added before the partition count is known. */
  private early: OpenRecord[] = [];
  private missingSince: number | undefined;
  /** Why the partitions could not be counted last. */
  private lastError: unknown;
  private isClosed = false;

  constructor(
    private readonly shared: Shared,
    private readonly topic: string,
  ) {
    void this.open();
  }

  put(record: OpenRecord): void {
    if (this.sticky === undefined) {
      this.early.push(record);
      return;
    }
    const age = this.shared.now() - this.countedAt;
    if (age > METADATA_MAX_AGE_MS) void this.countAgain();
    const partition = record.sent.partition ?? this.place(record, this.sticky);
    const sender = this.senderOf(partition);
    if (sender !== undefined) sender.put(record);
    else void this.putAfterCounting(record, partition, age);
  }

  private place({ key, bytes }: OpenRecord, sticky: StickyPartition): number {
    return key === null ? sticky.place(bytes) : partitionOf(key, this.count);
  }

  private senderOf(partition: number): PartitionSender | undefined {
    return partition < this.count ? this.senders[partition] : undefined;
  }

  /** The topic may have got more partitions since the last count. */
  private async putAfterCounting(record: OpenRecord, partition: number, age: number): Promise<void> {
    if (age > LOOK_AGAIN_MS) await this.countAgain();
    const sender = this.senderOf(partition);
    if (record.isSettled) this.shared.memory.release(record.bytes);
    else if (sender !== undefined) sender.put(record);
    else this.fail(record, new PartitionMissing(this.topic, partition, this.count));
  }

  private fail(record: OpenRecord, cause: Error): void {
    record.settle({ outcome: 'failed', cause });
    this.shared.memory.release(record.bytes);
  }

  wake(): void {
    for (const sender of this.senders) sender.wake();
  }

  giveUp(before: number, reason: string): void {
    const late = this.early.filter(({ since }) => since < before);
    this.early = this.early.filter(({ since }) => since >= before);
    const cause = new DeliveryEnded(`${reason}, and no broker told its partitions`, false, this.lastError);
    for (const record of late) this.fail(record, cause);
    for (const sender of this.senders) sender.giveUp(before, reason);
  }

  close(): void {
    this.isClosed = true;
  }

  private async open(): Promise<void> {
    while (!(await this.isCounted()) && !this.isClosed) await delay(UNREACHABLE_PAUSE_MS);
    if (this.sticky !== undefined) for (const record of this.early.splice(0)) this.put(record);
  }

  private async isCounted(): Promise<boolean> {
    try {
      this.counted(await this.shared.transport.partitionCount(this.topic));
    } catch (error) {
      this.missing(error);
    }
    return this.count > 0;
  }

  /** A newly created topic is not known to all brokers yet. The wait for a missing topic is limited. */
  private missing(error: unknown): void {
    this.lastError = error;
    const now = this.shared.now();
    if (!(error instanceof TopicMissing)) {
      this.missingSince = undefined;
      return;
    }
    this.missingSince ??= now;
    const { missingTopicMs } = this.shared.options;
    if (now - this.missingSince < missingTopicMs) return;
    const before = now - missingTopicMs;
    const late = this.early.filter(({ since }) => since <= before);
    this.early = this.early.filter(({ since }) => since > before);
    for (const record of late) this.fail(record, error);
  }

  /** One count at a time. If no broker answers, the last known count stays in use. */
  private countAgain(): Promise<void> {
    this.counting ??= this.shared.transport
      .partitionCount(this.topic)
      .then((count) => this.counted(count))
      .catch(() => undefined)
      .finally(() => (this.counting = undefined));
    return this.counting;
  }

  private counted(count: number): void {
    if (count === 0) return;
    this.countedAt = this.shared.now();
    if (count === this.count) return;
    const { topic, shared } = this;
    const more = Array.from({ length: Math.max(0, count - this.senders.length) }, (_, index) => {
      const partition = this.senders.length + index;
      return new PartitionSender(shared, { topic, partition }, () => this.sticky?.left(partition));
    });
    this.senders = [...this.senders, ...more];
    this.count = count;
    this.sticky = new StickyPartition(count, shared.options);
  }
}
