import { setTimeout as delay } from 'node:timers/promises';
import type { TopicName } from '../../topics/catalogue';
import { DeliveryEnded } from './delivery';
import { Lane, UNREACHABLE_PAUSE_MS, type Shared } from './lane';
import { partitionOf, StickyPartition } from './partitioner';
import type { OpenRecord } from './record';

/** The lanes of a topic. Its partitions are counted once: were they to grow, keys would change theirs in between. */
export class TopicLanes {
  private lanes: readonly Lane[] = [];
  private sticky: StickyPartition | undefined;
  /** What came before the partitions were counted. */
  private early: OpenRecord[] = [];
  private isClosed = false;

  constructor(
    private readonly shared: Shared,
    private readonly topic: TopicName,
  ) {
    void this.open();
  }

  put(record: OpenRecord): void {
    if (this.sticky === undefined) {
      this.early.push(record);
      return;
    }
    const lane = this.lanes[record.sent.partition ?? this.place(record, this.sticky)];
    if (lane !== undefined) lane.put(record);
    else this.refuse(record);
  }

  private place({ key, bytes }: OpenRecord, sticky: StickyPartition): number {
    return key === null ? sticky.place(bytes) : partitionOf(key, this.lanes.length);
  }

  private refuse(record: OpenRecord): void {
    const cause = new DeliveryEnded(
      `${this.topic} has no partition ${record.sent.partition ?? ''}, only 0 to ${this.lanes.length - 1}`,
    );
    record.settle({ outcome: 'failed', cause });
    this.shared.memory.release(record.bytes);
  }

  wake(): void {
    for (const lane of this.lanes) lane.wake();
  }

  giveUp(before: number, reason: string): void {
    const late = this.early.filter(({ since }) => since < before);
    this.early = this.early.filter(({ since }) => since >= before);
    for (const record of late) {
      record.settle({ outcome: 'failed', cause: new DeliveryEnded(`${reason}, and no broker told its partitions`) });
      this.shared.memory.release(record.bytes);
    }
    for (const lane of this.lanes) lane.giveUp(before, reason);
  }

  close(): void {
    this.isClosed = true;
  }

  private async open(): Promise<void> {
    let count = 0;
    while (count === 0 && !this.isClosed) {
      count = await this.shared.transport.partitionCount(this.topic).catch(() => 0);
      if (count === 0) await delay(UNREACHABLE_PAUSE_MS);
    }
    if (count === 0) return;
    const { topic, shared } = this;
    const sticky = new StickyPartition(count, shared.options);
    this.lanes = Array.from(
      { length: count },
      (_, partition) => new Lane(shared, { topic, partition }, () => sticky.left(partition)),
    );
    this.sticky = sticky;
    for (const record of this.early.splice(0)) this.put(record);
  }
}
