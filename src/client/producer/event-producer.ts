import { setTimeout as delay } from 'node:timers/promises';
import type { TopicName } from '../../topics/catalogue';
import { quietKafka } from '../quiet-kafka';
import type { ClientMetrics } from '../metrics/client-metrics';
import { DeliveryEnded, type Delivery } from './delivery';
import type { Shared } from './lane';
import { Memory } from './memory';
import { settle, type ProducerOptions } from './options';
import { OpenRecord, type OutgoingRecord } from './record';
import { TopicLanes } from './topic-lanes';
import { kafkaTransport, type Transport } from './transport';

const LONGEST_SWEEP_MS = 1_000;

/** A record that was not delivered when the producer closed, as it was sent. */
export interface Undelivered {
  readonly topic: TopicName;
  readonly record: OutgoingRecord;
  readonly delivery: Exclude<Delivery, { readonly outcome: 'delivered' }>;
}

/**
 * Sends records one by one and in batches: each is told its own outcome, and none is written twice as long as the caller
 * does not send it again. Records of a key keep their order, up to one whose outcome is unknown.
 */
export class EventProducer {
  private readonly shared: Shared;
  private readonly topics = new Map<TopicName, TopicLanes>();
  private readonly open = new Set<OpenRecord>();
  private readonly sweeper: NodeJS.Timeout;
  private emptied: (() => void)[] = [];
  private closing: Promise<readonly Undelivered[]> | undefined;

  /** @throws when the options contradict each other */
  constructor(options: ProducerOptions, transport?: Transport) {
    const settled = settle(options);
    this.shared = {
      options: settled,
      transport: transport ?? kafkaTransport(quietKafka(settled.bootstrap), settled),
      memory: new Memory(settled.maxBufferedBytes),
      now: () => performance.now(),
      isHurried: () => this.emptied.length > 0,
    };
    const { deliveryTimeoutMs } = settled;
    this.sweeper = setInterval(
      () => this.giveUp(this.shared.now() - deliveryTimeoutMs, `not delivered within ${deliveryTimeoutMs} ms`),
      Math.min(LONGEST_SWEEP_MS, deliveryTimeoutMs / 10),
    ).unref();
  }

  /** Bytes held, within the bound, and records without an outcome, those that wait for room included. */
  get buffered(): { readonly bytes: number; readonly records: number } {
    return { bytes: this.shared.memory.held, records: this.open.size };
  }

  /**
   * Waits for room, then for the outcome. A caller that does not await it awaits `room()` before the next one, or holds
   * the waiting records itself. Never rejects.
   */
  send<T extends TopicName>(topic: T, sent: OutgoingRecord<NoInfer<T>>): Promise<Delivery> {
    const record = new OpenRecord(topic, sent);
    const { memory, options } = this.shared;
    if (options.metrics !== undefined) void measured(record, options.metrics);
    if (this.closing !== undefined) {
      record.settle({ outcome: 'failed', cause: new DeliveryEnded('the producer is closed') });
    } else if (!memory.fits(record.bytes)) {
      const cause = new DeliveryEnded(`${record.bytes} bytes are beyond maxBufferedBytes ${options.maxBufferedBytes}`);
      record.settle({ outcome: 'failed', cause });
    } else {
      this.open.add(record);
      void record.delivery.then(() => this.settled(record));
      memory.take(record.bytes, () => this.enter(record));
    }
    return record.delivery;
  }

  /** Waits until nothing waits for room. */
  room(): Promise<void> {
    return this.shared.memory.room();
  }

  /** Waits until every record has its outcome, those that come meanwhile included. */
  async flush(): Promise<void> {
    if (this.open.size === 0) return;
    const empty = new Promise<void>((done) => this.emptied.push(done));
    for (const lanes of this.topics.values()) lanes.wake();
    await empty;
  }

  /**
   * Takes no more, sends what there is and gives up what is not delivered by then; a second call waits for the first.
   * @returns what was not delivered, in the order in which it was sent
   */
  close(deadlineMs: number): Promise<readonly Undelivered[]> {
    this.closing ??= this.end(deadlineMs);
    return this.closing;
  }

  private async end(deadlineMs: number): Promise<readonly Undelivered[]> {
    const until = this.shared.now() + deadlineMs;
    const rest = [...this.open];
    const deadline = setTimeout(() => {
      this.shared.memory.clear();
      this.giveUp(Infinity, `not delivered within the ${deadlineMs} ms of closing`);
      for (const record of this.open)
        if (!record.isSettled) record.settle({ outcome: 'failed', cause: new DeliveryEnded('found no room') });
    }, deadlineMs);
    await this.flush();
    clearTimeout(deadline);
    clearInterval(this.sweeper);
    for (const lanes of this.topics.values()) lanes.close();
    const leftMs = Math.max(0, until - this.shared.now());
    await Promise.race([this.shared.transport.close(), delay(leftMs, undefined, { ref: false })]);
    const deliveries = await Promise.all(
      rest.map(async ({ topic, sent, delivery }) => ({ topic, record: sent, delivery: await delivery })),
    );
    return deliveries.filter((each): each is Undelivered => each.delivery.outcome !== 'delivered');
  }

  private enter(record: OpenRecord): void {
    record.since = this.shared.now();
    let lanes = this.topics.get(record.topic);
    if (lanes === undefined) this.topics.set(record.topic, (lanes = new TopicLanes(this.shared, record.topic)));
    lanes.put(record);
  }

  private giveUp(before: number, reason: string): void {
    for (const lanes of this.topics.values()) lanes.giveUp(before, reason);
  }

  private settled(record: OpenRecord): void {
    this.open.delete(record);
    if (this.open.size > 0) return;
    for (const done of this.emptied.splice(0)) done();
  }
}

async function measured({ topic, delivery }: OpenRecord, metrics: ClientMetrics): Promise<void> {
  const begin = performance.now();
  const { outcome } = await delivery;
  metrics.produced(topic, outcome, (performance.now() - begin) / 1_000);
}
