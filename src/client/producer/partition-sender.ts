import { setTimeout as delay } from 'node:timers/promises';
import { Attempts } from './attempts';
import { DeliveryEnded, type Delivery } from './delivery';
import type { Memory } from './memory';
import type { Settled } from './options';
import { PartitionQueue } from './partition-queue';
import type { OpenRecord } from './record';
import { isRecordRefused, isRefusal, RecordRefused } from './refusals';
import type { Batch, Transport } from './transport';

/** Waiting time between attempts when no broker can be reached. */
export const UNREACHABLE_PAUSE_MS = 200;

/** State shared by the senders of a producer. */
export interface Shared {
  readonly options: Settled;
  readonly transport: Transport;
  readonly memory: Memory;
  readonly now: () => number;
  /** Whether a caller waits for all records to be sent; batches then do not wait for more records. */
  readonly isHurried: () => boolean;
}

/** Sends the records of one partition in order, one batch at a time. */
export class PartitionSender {
  private readonly queue: PartitionQueue<OpenRecord>;
  private flying: Batch | undefined;
  /** Records taken from the queue that are sent next: all in one batch, or in halves after the batch was rejected. */
  private parts: (readonly OpenRecord[])[] = [];
  private isBusy = false;
  private timer: NodeJS.Timeout | undefined;

  /** @param left called when a batch is sent */
  constructor(
    private readonly shared: Shared,
    private readonly at: { readonly topic: string; readonly partition: number },
    private readonly left: () => void,
  ) {
    this.queue = new PartitionQueue(shared.options);
  }

  put(record: OpenRecord): void {
    this.queue.put(record);
    this.wake();
  }

  /** Sends a batch that is due, or sets a timer for it. */
  wake(): void {
    const { dueAt } = this.queue;
    if (this.isBusy || dueAt === undefined) return;
    const waitMs = this.shared.isHurried() ? 0 : dueAt - this.shared.now();
    if (waitMs <= 0) void this.run();
    else this.timer ??= setTimeout(() => this.ring(), waitMs);
  }

  /**
   * Gives up records added before this time. Records that no broker can have get the outcome `failed`, all others
   * `unknown`.
   */
  giveUp(before: number, reason: string): void {
    const cause = new DeliveryEnded(reason, false, this.flying?.attempts.lastError);
    const unsent = this.queue.takeOlderThan(before);
    settleAll(unsent, { outcome: 'failed', cause });
    const late = this.parts.flat().filter(({ since }) => since < before);
    settleAll(late, { outcome: 'failed', cause });
    if (this.flying !== undefined && (this.flying.records[0]?.since ?? before) < before) {
      this.flying.attempts.abandon();
      settleAll(this.flying.records, { outcome: this.flying.attempts.begun === 0 ? 'failed' : 'unknown', cause });
    }
    this.release(unsent);
  }

  private ring(): void {
    this.timer = undefined;
    this.wake();
  }

  private async run(): Promise<void> {
    this.isBusy = true;
    clearTimeout(this.timer);
    this.timer = undefined;
    const records = this.queue.take();
    this.left();
    this.parts = [records];
    for (let part = this.parts.shift(); part !== undefined; part = this.parts.shift()) await this.deliver(part);
    this.isBusy = false;
    // Releasing memory may add records; they must find the sender idle.
    this.release(records);
    this.wake();
  }

  /** Never rejects: every record gets its own outcome. */
  private async deliver(all: readonly OpenRecord[]): Promise<void> {
    const records = all.filter(({ isSettled }) => !isSettled);
    if (records.length === 0) return;
    const batch: Batch = { ...this.at, records, attempts: new Attempts() };
    this.flying = batch;
    try {
      const first = await this.shared.transport.send(batch);
      const { partition } = this.at;
      for (const [index, record] of records.entries())
        record.settle({ outcome: 'delivered', partition, offset: first + BigInt(index) });
    } catch (cause) {
      await this.failed(batch, cause);
    } finally {
      this.flying = undefined;
    }
  }

  private async failed({ topic, partition, records, attempts }: Batch, cause: unknown): Promise<void> {
    if (isRecordRefused(cause) && records.length === 1) {
      settleAll(records, { outcome: 'failed', cause: new RecordRefused(topic, partition, cause) });
    } else if (isRecordRefused(cause)) {
      // Nothing of the batch was appended. Sending the halves one after the other keeps the order and isolates the
      // rejected record.
      const half = Math.ceil(records.length / 2);
      this.parts.unshift(records.slice(0, half), records.slice(half));
    } else if (attempts.begun > 0) {
      settleAll(records, { outcome: isRefusal(cause, attempts.begun) ? 'failed' : 'unknown', cause });
    } else {
      // No broker has seen the batch. It is sent again with another producer, within the time limit.
      await delay(UNREACHABLE_PAUSE_MS);
      this.parts.unshift(records);
    }
  }

  private release(records: readonly OpenRecord[]): void {
    this.shared.memory.release(records.reduce((sum, { bytes }) => sum + bytes, 0));
  }
}

function settleAll(records: readonly OpenRecord[], delivery: Delivery): void {
  for (const record of records) record.settle(delivery);
}
