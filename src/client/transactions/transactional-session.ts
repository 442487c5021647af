import { setTimeout as delay } from 'node:timers/promises';
import type { Producer, Transaction } from 'kafkajs';
import type { TopicName } from '../../topics/catalogue';
import { Attempts } from '../producer/attempts';
import { compressionType, type Compression } from '../producer/compression';
import { DEFAULTS } from '../producer/options';
import { guardedPartition, type Guarded } from '../producer/transport';
import { kafkaErrorType, METADATA_MAX_AGE_MS, quietKafka } from '../quiet-kafka';
import { isFenced } from './fenced';
import { rememberCoordinators } from './remember-coordinators';

/**
 * The coordinator refuses a transaction for some milliseconds, while the markers of the one before are written; kafkajs
 * waits as long for that as for an outage, unless it is told to wait this short for both.
 */
const FIRST_RETRY_MS = 1;
const LONGEST_RETRY_MS = 40;

export interface SessionProps {
  /** `host:port` of brokers. */
  readonly bootstrap: readonly string[];
  readonly transactionalId: string;
  /** After so long the coordinator aborts it, and readers of committed records no longer wait for it. */
  readonly transactionTimeoutMs: number;
  /** A record that fits only when compressed is copied by transactions too. @default gzip */
  readonly compression?: Compression | undefined;
}

/** Records of one partition, in order: as many as go in one request. */
export interface PartitionRecords {
  readonly topic: TopicName;
  readonly partition: number;
  readonly messages: readonly Guarded[];
}

/** Where a group goes on in one partition, once the transaction is committed. */
export interface ConsumedOffset {
  readonly groupId: string;
  readonly topic: TopicName;
  readonly partition: number;
  readonly offset: bigint;
}

/** A transaction failed, before or at its end. Before, nothing of it will ever be committed. */
export class TransactionFailed extends Error {
  override readonly name = 'TransactionFailed';

  constructor(
    readonly isAtEnd: boolean,
    override readonly cause: unknown,
    /** Offset of its first record in each partition, as far as it was acknowledged; at its end all are. */
    readonly places: readonly { readonly topic: TopicName; readonly partition: number; readonly offset: bigint }[],
  ) {
    super(cause instanceof Error ? cause.message : String(cause));
  }

  /** Also while the next producer of the id is at it: nobody else ends a transaction that its own producer has not ended. */
  get isFenced(): boolean {
    return isFenced(this.cause) || (this.isAtEnd && kafkaErrorType(this.cause) === 'CONCURRENT_TRANSACTIONS');
  }
}

/**
 * A producer of its transactional id, up to the first error: kafkajs gives sequence numbers out twice after one, and
 * then a committed transaction lacks records. Opening another ends what this one left, and keeps it from going on.
 */
export class TransactionalSession {
  private next: Promise<Transaction>;

  private constructor(
    private readonly props: SessionProps,
    private readonly producer: Producer,
    first: Transaction,
  ) {
    this.next = Promise.resolve(first);
  }

  /** Fences every other producer of this id; when this resolves, all of its transactions have ended. */
  static async open(props: SessionProps): Promise<TransactionalSession> {
    const { bootstrap, transactionalId, transactionTimeoutMs } = props;
    rememberCoordinators();
    const producer = quietKafka(bootstrap).producer({
      idempotent: true,
      metadataMaxAge: METADATA_MAX_AGE_MS,
      transactionalId,
      transactionTimeout: transactionTimeoutMs,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: guardedPartition,
      retry: {
        initialRetryTime: FIRST_RETRY_MS,
        maxRetryTime: LONGEST_RETRY_MS,
        multiplier: 1.2,
        retries: Math.ceil(transactionTimeoutMs / LONGEST_RETRY_MS),
      },
    });
    try {
      await producer.connect();
      return new TransactionalSession(props, producer, await producer.transaction());
    } catch (error) {
      await producer.disconnect().catch(() => undefined);
      throw error;
    }
  }

  /**
   * One transaction; several parts of a partition are written one after another. The caller waits for it before the next, and uses the session no more after an error.
   * @throws {TransactionFailed}
   */
  async run(records: readonly PartitionRecords[], consumed?: ConsumedOffset): Promise<void> {
    const transaction = await this.next;
    const written = await this.write(transaction, records, consumed);
    try {
      await transaction.commit();
    } catch (cause) {
      throw new TransactionFailed(true, cause, written);
    }
    this.next = this.producer.transaction();
    this.next.catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.producer.disconnect().catch(() => undefined);
  }

  private async write(
    transaction: Transaction,
    records: readonly PartitionRecords[],
    consumed: ConsumedOffset | undefined,
  ): Promise<TransactionFailed['places']> {
    const attempts = new Attempts();
    // kafkajs's retries would outlive the transaction.
    const deadline = setTimeout(() => attempts.abandon(), this.props.transactionTimeoutMs);
    // One request is one partition: of one that spans brokers kafkajs loses or repeats a part when leaders move.
    const sends = await Promise.allSettled(
      lanesOf(records).map(async ([first, ...rest]) => {
        const place = await this.send(transaction, first, attempts);
        for (const part of rest) await this.send(transaction, part, attempts);
        return place;
      }),
    );
    try {
      const failed = sends.find((send) => send.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
      if (consumed !== undefined) await this.sendOffset(transaction, consumed);
    } catch (cause) {
      // Ends it sooner than its timeout; when this fails too, whoever opens the next session ends it.
      if (transaction.isActive()) await transaction.abort().catch(() => undefined);
      throw new TransactionFailed(false, cause, fulfilled(sends));
    } finally {
      clearTimeout(deadline);
    }
    return fulfilled(sends);
  }

  /** As the first of a transaction it meets the markers of the one before; kafkajs waits for them only with records. */
  private async sendOffset(transaction: Transaction, { groupId, topic, partition, offset }: ConsumedOffset) {
    const deadline = Date.now() + this.props.transactionTimeoutMs;
    const offsets = {
      consumerGroupId: groupId,
      topics: [{ topic, partitions: [{ partition, offset: String(offset) }] }],
    };
    for (let pauseMs = FIRST_RETRY_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_RETRY_MS)) {
      try {
        await transaction.sendOffsets(offsets);
        return;
      } catch (error) {
        if (kafkaErrorType(error) !== 'CONCURRENT_TRANSACTIONS' || Date.now() > deadline) throw error;
        await delay(pauseMs);
      }
    }
  }

  private async send(transaction: Transaction, { topic, partition, messages }: PartitionRecords, attempts: Attempts) {
    const [answer] = await transaction.send({
      topic,
      messages: messages.map((message, index) => ({ ...message, partition, ...(index === 0 && { attempts }) })),
      acks: -1,
      compression: compressionType(this.props.compression ?? DEFAULTS.compression),
    });
    if (answer?.baseOffset === undefined) throw new Error('the acknowledgement has no offset');
    return { topic, partition, offset: BigInt(answer.baseOffset) };
  }
}

type Lane = [PartitionRecords, ...PartitionRecords[]];

/** The parts of each partition: two requests of one that are on their way at once would be mixed up by kafkajs. */
function lanesOf(records: readonly PartitionRecords[]): readonly Lane[] {
  const lanes = new Map<string, Lane>();
  for (const part of records) {
    const name = `${part.topic}-${part.partition}`;
    const lane = lanes.get(name);
    if (lane === undefined) lanes.set(name, [part]);
    else lane.push(part);
  }
  return [...lanes.values()];
}

const fulfilled = <T>(results: readonly PromiseSettledResult<T>[]): readonly T[] =>
  results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
