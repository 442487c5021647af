import { setTimeout as delay } from 'node:timers/promises';
import type { Catalogue, SchemasOf, TopicOf } from '../catalogue';
import { connectKafka } from '../kafka-client';
import type { ClientMetrics } from '../metrics/client-metrics';
import { DeliveryEnded, type Delivery } from './delivery';
import { encodingProblem, topicProblem, UnencodableRecord } from './encodable';
import type { Shared } from './partition-sender';
import { Memory } from './memory';
import { settle, type ProducerOptions } from './options';
import { OpenRecord, type OutgoingRecord } from './record';
import { TopicSenders } from './topic-senders';
import { kafkaTransport, type Transport } from './transport';
import { messageOf } from '../../validation/message-of';

const LONGEST_SWEEP_MS = 1_000;

/** A record that was not delivered when the producer was closed, as it was sent. */
export interface Undelivered<C extends Catalogue = Catalogue> {
  readonly topic: TopicOf<C>;
  readonly record: OutgoingRecord<TopicOf<C>, SchemasOf<C>>;
  readonly delivery: Exclude<Delivery, { readonly outcome: 'delivered' }>;
}

/**
 * Sends single records in batches and reports the outcome of each record. It writes no record twice, unless the caller
 * sends it again. Records with the same key keep their order, up to a record with an unknown outcome.
 */
export class EventProducer<C extends Catalogue = Catalogue> {
  private readonly shared: Shared;
  private readonly topics = new Map<string, TopicSenders>();
  private readonly open = new Set<OpenRecord>();
  private readonly sweeper: NodeJS.Timeout;
  private emptied: (() => void)[] = [];
  private closing: Promise<readonly Undelivered<C>[]> | undefined;

  /** @throws if the options contradict each other */
  constructor(options: ProducerOptions, transport?: Transport) {
    const settled = settle(options);
    const target = { onNotice: settled.onNotice, onFatal: (error: unknown) => this.stop(error) };
    this.shared = {
      options: settled,
      transport: transport ?? kafkaTransport(connectKafka(settled.connection, target), settled),
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

  /**
   * Buffered bytes, up to the limit, and the number of records without an outcome, including records that wait for
   * room.
   */
  get buffered(): { readonly bytes: number; readonly records: number } {
    return { bytes: this.shared.memory.held, records: this.open.size };
  }

  /**
   * Waits for room in the buffer, then for the outcome. A caller that does not await it must await `room()` before the
   * next call; otherwise waiting records accumulate in memory. Never rejects.
   */
  send<T extends TopicOf<C>>(topic: T, sent: OutgoingRecord<NoInfer<T>, SchemasOf<C>>): Promise<Delivery> {
    const { memory, options } = this.shared;
    const noTopic = topicProblem(topic);
    const problem = noTopic ?? encodingProblem(sent);
    if (problem !== undefined) {
      if (noTopic === undefined) options.metrics?.produced(topic, 'failed', 0);
      return Promise.resolve({ outcome: 'failed', cause: new UnencodableRecord(topic, problem) });
    }
    // The catalogue's types restrict the values of each topic; here all values are bytes or text.
    const record = new OpenRecord(topic, sent as unknown as OutgoingRecord);
    if (options.metrics !== undefined) void measured(record, options.metrics);
    if (this.closing !== undefined) {
      record.settle({ outcome: 'failed', cause: new DeliveryEnded('the producer is closed', true) });
    } else if (!memory.fits(record.bytes)) {
      const problem = `${record.bytes} bytes are beyond maxBufferedBytes ${options.maxBufferedBytes}`;
      const cause = new DeliveryEnded(problem, true);
      record.settle({ outcome: 'failed', cause });
    } else {
      this.open.add(record);
      void record.delivery.then(() => this.settled(record));
      memory.take(record.bytes, () => this.enter(record));
    }
    return record.delivery;
  }

  /** Resolves when no record waits for room. */
  room(): Promise<void> {
    return this.shared.memory.room();
  }

  /** Resolves when every record has its outcome, including records sent in the meantime. */
  async flush(): Promise<void> {
    if (this.open.size === 0) return;
    const empty = new Promise<void>((done) => this.emptied.push(done));
    for (const senders of this.topics.values()) senders.wake();
    await empty;
  }

  /**
   * Accepts no more records, sends the buffered ones, and gives up those that are not delivered by the deadline. A
   * second call waits for the first.
   * @returns the undelivered records in the order in which they were sent
   */
  close(deadlineMs: number): Promise<readonly Undelivered<C>[]> {
    this.closing ??= this.end(deadlineMs);
    return this.closing;
  }

  private async end(deadlineMs: number): Promise<readonly Undelivered<C>[]> {
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
    for (const senders of this.topics.values()) senders.close();
    const leftMs = Math.max(0, until - this.shared.now());
    await Promise.race([this.shared.transport.close(), delay(leftMs, undefined, { ref: false })]);
    const deliveries = await Promise.all(
      rest.map(async ({ topic, sent, delivery }) => ({ topic, record: sent, delivery: await delivery })),
    );
    // The records are those that were passed to `send`.
    return deliveries.filter(
      ({ delivery }) => delivery.outcome !== 'delivered',
    ) as readonly unknown[] as readonly Undelivered<C>[];
  }

  /** What the listener of notices throws ends the producer. */
  private stop(error: unknown): void {
    this.giveUp(Infinity, `the listener of notices threw: ${messageOf(error)}`);
    void this.close(0);
  }

  private enter(record: OpenRecord): void {
    record.since = this.shared.now();
    let senders = this.topics.get(record.topic);
    if (senders === undefined) this.topics.set(record.topic, (senders = new TopicSenders(this.shared, record.topic)));
    senders.put(record);
  }

  private giveUp(before: number, reason: string): void {
    for (const senders of this.topics.values()) senders.giveUp(before, reason);
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
