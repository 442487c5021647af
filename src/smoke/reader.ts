import type { KafkaConnection } from '../protocol/connection';
import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer, Kafka } from 'kafkajs';
import { RetriableError } from '../client/errors';
import { readPartition } from '../client/log/read-partition';
import { RETRY_FOR_MS, withRetries } from '../client/with-retries';
import { withAdmin } from '../client/kafka-client';
import { decodeRecord, type RunId, type SeenRecord } from './ledger';

const REACHED_POLL_MS = 100;
const REOPEN_MS = 1_000;
/** The default of kafkajs for consumers. It must be repeated, because any other retry setting replaces all defaults. */
const RETRIES = 5;

/** First offset to read, by partition. */
export type Positions = ReadonlyMap<number, bigint>;

interface Run {
  /** Name of the topic; it need not be in the catalogue. */
  readonly topic: string;
  readonly run: RunId;
  /** Offsets at the start of the run. */
  readonly from: Positions;
}

type RunProps = Run & { readonly connection: KafkaConnection };
type FollowProps = Run & { readonly kafka: Kafka };

/** Current end offsets of all partitions. */
export async function endOffsets(kafka: Kafka, topic: string): Promise<Positions> {
  const offsets = await withRetries(() => withAdmin(kafka, (admin) => admin.fetchTopicOffsets(topic)));
  return new Map(offsets.map(({ partition, high }) => [partition, BigInt(high)]));
}

/** Reads all records of the run up to the current ends of the logs. @throws if an end is not reached */
export async function readRun({ connection, topic, run, from }: RunProps): Promise<readonly SeenRecord[]> {
  const seen: SeenRecord[] = [];
  const read = [...from].map(([partition, offset]) =>
    readPartition({
      connection,
      topic: topic,
      partition,
      from: offset,
      onRecord: (record) => {
        const sequence = decodeRecord(run, record.value);
        if (sequence !== undefined) seen.push({ partition, sequence, offset: record.offset });
      },
    }),
  );
  await Promise.all(read);
  return seen;
}

/**
 * Reads the records of a run while it is in progress. kafkajs stops a consumer for good after some errors; a new
 * consumer then continues at the same position.
 */
export class RunReader {
  /** Records read so far, in the order of each partition's log. */
  readonly seen: SeenRecord[] = [];
  private readonly next: Map<number, bigint>;
  private readonly groupId: string;
  private consumer: Consumer | undefined;
  private hasJoined = false;
  private isClosed = false;
  private lastProgress = 0;

  /** @param name distinguishes the readers of a run */
  constructor(
    private readonly props: FollowProps,
    name: string,
  ) {
    this.next = new Map(props.from);
    this.groupId = `platform-smoke-${props.run}-${name}`;
  }

  async open(): Promise<void> {
    await withRetries(() => this.join());
  }

  /**
   * Waits until every partition has been read up to these offsets.
   * @param stuckMs time limit without a new record; @default 1 minute
   * @throws after that time
   */
  async reached(until: Positions, stuckMs = RETRY_FOR_MS): Promise<void> {
    this.lastProgress = Date.now();
    while ([...until].some(([partition, end]) => (this.next.get(partition) ?? 0n) < end)) {
      if (Date.now() - this.lastProgress > stuckMs) {
        throw new Error(`the end of ${this.props.topic} was not reached: no record arrived for ${stuckMs / 1_000} s`);
      }
      await delay(REACHED_POLL_MS);
    }
  }

  /**
   * Stops reading and deletes the group. A group with a crashed member expires by itself, because it has no committed
   * offsets.
   */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.consumer?.disconnect().catch(() => undefined);
    await withAdmin(this.props.kafka, (admin) => admin.deleteGroups([this.groupId])).catch(() => undefined);
  }

  /** A kafkajs consumer that has crashed or failed to join cannot be used again. */
  private async join(): Promise<void> {
    const { kafka, topic } = this.props;
    await this.consumer?.disconnect().catch(() => undefined);
    const consumer = kafka.consumer({
      groupId: this.groupId,
      maxWaitTimeInMs: 250,
      // Otherwise the consumer would restart after it was disconnected.
      retry: { retries: RETRIES, restartOnFailure: () => Promise.resolve(false) },
    });
    this.consumer = consumer;
    this.hasJoined = false;
    consumer.on(consumer.events.CRASH, () => {
      if (this.hasJoined && this.consumer === consumer) void this.reopen();
    });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: ({ batch }) => {
        for (const { offset, value } of batch.messages) this.note(batch.partition, BigInt(offset), value);
        this.advance(batch.partition, BigInt(batch.lastOffset()) + 1n);
        return Promise.resolve();
      },
    });
    try {
      for (const [partition, offset] of this.next) consumer.seek({ topic, partition, offset: String(offset) });
    } catch (cause) {
      // kafkajs does not report a crash while it joins, for example right after the coordinator has started; only
      // `seek` fails then.
      throw new RetriableError('the group could not be joined', { cause });
    }
    this.hasJoined = true;
  }

  private async reopen(): Promise<void> {
    while (!this.isClosed) {
      try {
        await this.open();
        return;
      } catch {
        await delay(REOPEN_MS);
      }
    }
  }

  /** A batch that is delivered again, for example after a rebalance, has already been recorded. */
  private note(partition: number, offset: bigint, value: Buffer | null): void {
    if (offset < (this.next.get(partition) ?? 0n)) return;
    const sequence = decodeRecord(this.props.run, value);
    if (sequence !== undefined) this.seen.push({ partition, sequence, offset });
  }

  private advance(partition: number, offset: bigint): void {
    if (offset <= (this.next.get(partition) ?? 0n)) return;
    this.next.set(partition, offset);
    this.lastProgress = Date.now();
  }
}
