import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer, Kafka } from 'kafkajs';
import { RetriableError } from '../client/consumer/errors';
import { readPartition } from '../client/log/read-partition';
import { PATIENCE_MS, patiently } from '../client/patiently';
import { withAdmin } from '../client/quiet-kafka';
import type { TopicName } from '../topics/catalogue';
import { decodeRecord, type RunId, type SeenRecord } from './ledger';

const REACHED_POLL_MS = 100;
const REOPEN_MS = 1_000;
/** kafkajs's own for consumers, which naming another setting of its retries would replace. */
const RETRIES = 5;

/** First offset to read of each partition, by partition number. */
export type Positions = ReadonlyMap<number, bigint>;

interface Run {
  readonly topic: TopicName;
  readonly run: RunId;
  /** Where the run began. */
  readonly from: Positions;
}

type RunProps = Run & { readonly bootstrap: readonly string[] };
type FollowProps = Run & { readonly kafka: Kafka };

/** Offsets at which the next records will stand. */
export async function endOffsets(kafka: Kafka, topic: string): Promise<Positions> {
  const offsets = await patiently(() => withAdmin(kafka, (admin) => admin.fetchTopicOffsets(topic)));
  return new Map(offsets.map(({ partition, high }) => [partition, BigInt(high)]));
}

/** Reads every record of the run from where it began to where the logs end now. @throws when the end is not reached */
export async function readRun({ bootstrap, topic, run, from }: RunProps): Promise<readonly SeenRecord[]> {
  const seen: SeenRecord[] = [];
  const read = [...from].map(([partition, offset]) =>
    readPartition({
      bootstrap,
      topic,
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
 * Follows a run for as long as it is open. kafkajs gives up a consumer for good after some errors: then another one goes
 * on where it was.
 */
export class RunReader {
  /** In the order of each partition's log. */
  readonly seen: SeenRecord[] = [];
  private readonly next: Map<number, bigint>;
  private readonly groupId: string;
  private consumer: Consumer | undefined;
  private hasJoined = false;
  private isClosed = false;
  private lastProgress = 0;

  /** @param name tells the readers of a run apart */
  constructor(
    private readonly props: FollowProps,
    name: string,
  ) {
    this.next = new Map(props.from);
    this.groupId = `platform-smoke-${props.run}-${name}`;
  }

  async open(): Promise<void> {
    await patiently(() => this.join());
  }

  /**
   * Waits until every partition is read up to there.
   * @param stuckMs without a record, after which it is given up; @default a minute
   * @throws when it is
   */
  async reached(until: Positions, stuckMs = PATIENCE_MS): Promise<void> {
    this.lastProgress = Date.now();
    while ([...until].some(([partition, end]) => (this.next.get(partition) ?? 0n) < end)) {
      if (Date.now() - this.lastProgress > stuckMs) {
        throw new Error(`the end of ${this.props.topic} was not reached: nothing came for ${stuckMs / 1_000} s`);
      }
      await delay(REACHED_POLL_MS);
    }
  }

  /** Ends it and deletes its group; one that still has a member that crashed vanishes on its own, as it commits nothing. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.consumer?.disconnect().catch(() => undefined);
    await withAdmin(this.props.kafka, (admin) => admin.deleteGroups([this.groupId])).catch(() => undefined);
  }

  /** A consumer of kafkajs that has crashed or failed to join is of no more use. */
  private async join(): Promise<void> {
    const { kafka, topic } = this.props;
    await this.consumer?.disconnect().catch(() => undefined);
    const consumer = kafka.consumer({
      groupId: this.groupId,
      maxWaitTimeInMs: 250,
      // It would come back to life after it was disconnected.
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
      // kafkajs says nothing of a crash while it joins, as when the coordinator has just come up; only seeking fails then.
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

  /** A batch that is delivered again, as after a change of the group, was already noted. */
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
