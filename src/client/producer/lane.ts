import { setTimeout as delay } from 'node:timers/promises';
import type { TopicName } from '../../topics/catalogue';
import { Attempts } from './attempts';
import { DeliveryEnded, type Delivery } from './delivery';
import type { Memory } from './memory';
import type { Settled } from './options';
import { PartitionQueue } from './partition-queue';
import type { OpenRecord } from './record';
import { isRefusal, isTooLarge } from './refusals';
import type { Batch, Transport } from './transport';

/** Between attempts to reach any broker at all. */
export const UNREACHABLE_PAUSE_MS = 200;

/** What the lanes of a producer share. */
export interface Shared {
  readonly options: Settled;
  readonly transport: Transport;
  readonly memory: Memory;
  readonly now: () => number;
  /** Whether somebody waits for everything to be sent: then nothing waits for company. */
  readonly isHurried: () => boolean;
}

/** The records of one partition: in order, one batch on its way at a time. */
export class Lane {
  private readonly queue: PartitionQueue<OpenRecord>;
  private flying: Batch | undefined;
  private isBusy = false;
  private timer: NodeJS.Timeout | undefined;

  /** @param left told when a batch leaves */
  constructor(
    private readonly shared: Shared,
    private readonly at: { readonly topic: TopicName; readonly partition: number },
    private readonly left: () => void,
  ) {
    this.queue = new PartitionQueue(shared.options);
  }

  put(record: OpenRecord): void {
    this.queue.put(record);
    this.wake();
  }

  /** Sends what is due; what is not gets its timer. */
  wake(): void {
    const { dueAt } = this.queue;
    if (this.isBusy || dueAt === undefined) return;
    const waitMs = this.shared.isHurried() ? 0 : dueAt - this.shared.now();
    if (waitMs <= 0) void this.run();
    else this.timer ??= setTimeout(() => this.ring(), waitMs);
  }

  /** Gives up what came before then: what no broker can have has failed, of the rest nobody knows. */
  giveUp(before: number, reason: string): void {
    const cause = new DeliveryEnded(reason);
    const unsent = this.queue.takeOlderThan(before);
    settleAll(unsent, { outcome: 'failed', cause });
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
    await this.deliver(records);
    this.isBusy = false;
    // What comes in as there is room must find the lane free.
    this.release(records);
    this.wake();
  }

  /** Never rejects: every record is told its own outcome. */
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

  private async failed({ records, attempts }: Batch, cause: unknown): Promise<void> {
    if (records.length > 1 && isTooLarge(cause)) {
      const half = Math.ceil(records.length / 2);
      await this.deliver(records.slice(0, half));
      await this.deliver(records.slice(half));
    } else if (attempts.begun > 0) {
      settleAll(records, { outcome: isRefusal(cause, attempts.begun) ? 'failed' : 'unknown', cause });
    } else {
      // No broker has seen it: it goes again with another producer, for as long as it has time.
      await delay(UNREACHABLE_PAUSE_MS);
      await this.deliver(records);
    }
  }

  private release(records: readonly OpenRecord[]): void {
    this.shared.memory.release(records.reduce((sum, { bytes }) => sum + bytes, 0));
  }
}

function settleAll(records: readonly OpenRecord[], delivery: Delivery): void {
  for (const record of records) record.settle(delivery);
}
