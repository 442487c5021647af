import { KafkaClientError, UnclassifiedError, UnexpectedAnswer } from '../errors';
import type { KafkaConnection } from '../../protocol/connection';
import { setTimeout as delay } from 'node:timers/promises';
import type { Producer, Transaction } from 'kafkajs';
import { Attempts } from '../producer/attempts';
import { compressionType, type Compression } from '../producer/compression';
import { PartitionMissing } from '../producer/missing';
import { noteRefusals } from '../kafkajs-patches/note-refusals';
import { DEFAULTS } from '../producer/options';
import { isRecordRefused, RecordRefused } from '../producer/refusals';
import { guardedPartition, type Guarded } from '../producer/transport';
import { kafkaErrorType, METADATA_MAX_AGE_MS, connectKafka } from '../kafka-client';
import type { NoticeTarget } from '../reachability/notice-target';
import { isFenced } from './fenced';
import { messageOf } from '../../validation/message-of';

/**
 * The coordinator rejects a new transaction for some milliseconds, while the markers of the previous one are written.
 * kafkajs uses the same first waiting time for this case and for outages, so it is set to a short value.
 */
const FIRST_RETRY_MS = 1;
const LONGEST_RETRY_MS = 40;

export interface SessionProps {
  readonly connection: KafkaConnection;
  readonly transactionalId: string;
  /**
   * Time after which the coordinator aborts a transaction, so that `read_committed` consumers no longer wait for it.
   */
  readonly transactionTimeoutMs: number;
  /** Told which servers do not answer. @default none: the owner of the session says what fails */
  readonly target?: NoticeTarget;
  /** A record that fits only when compressed is copied by transactions too. @default gzip */
  readonly compression?: Compression | undefined;
}

/** Records of one partition, in order, that fit into one request. */
export interface PartitionRecords {
  readonly topic: string;
  readonly partition: number;
  readonly messages: readonly Guarded[];
}

/** The position of a group in one partition, committed with the transaction. */
export interface ConsumedOffset {
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** Metadata stored with the offset. @default none */
  readonly metadata?: string | undefined;
}

interface FirstRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

/** A transaction failed, before or at its end. Before, nothing of it will ever be committed. */
export class TransactionFailed extends KafkaClientError {
  override readonly name = 'TransactionFailed';
  readonly code = 'TRANSACTION_FAILED';
  /**
   * True if the transaction failed before its end and is therefore aborted. If it failed at its end, the outcome is
   * unknown.
   */
  readonly canRetry: boolean;
  // Not printed after the message, where Node.js prints the properties of an error.
  readonly #places: readonly FirstRecord[];

  constructor(
    readonly isAtEnd: boolean,
    cause: unknown,
    places: readonly FirstRecord[],
  ) {
    super(messageOf(cause), { cause });
    this.canRetry = !isAtEnd;
    this.#places = places;
  }

  /** Of its first record in each partition, as far as it was acknowledged; at its end all are. */
  get places(): readonly FirstRecord[] {
    return this.#places;
  }

  /**
   * Also true while the next producer of the id completes the transaction: only another producer with the same id ends
   * a transaction that its own producer has not ended.
   */
  get isFenced(): boolean {
    return isFenced(this.cause) || (this.isAtEnd && kafkaErrorType(this.cause) === 'CONCURRENT_TRANSACTIONS');
  }
}

/**
 * A producer for a transactional id, used until its first error. After an error, kafkajs reuses sequence numbers, and a
 * committed transaction may then lack records. Opening another session ends the transaction of this one and fences it.
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

  /** Fences every other producer of this id. When it resolves, all of their transactions have ended. */
  static async open(props: SessionProps): Promise<TransactionalSession> {
    const { connection, transactionalId, transactionTimeoutMs, target } = props;
    noteRefusals();
    const producer = connectKafka(connection, target).producer({
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
   * Runs one transaction; several parts of a partition are written one after the other. The caller must await it before
   * the next transaction, and must not use the session after an error.
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
    // kafkajs's retries would otherwise continue after the end of the transaction.
    const deadline = setTimeout(() => attempts.abandon(), this.props.transactionTimeoutMs);
    // Each request contains one partition: if a request spans several brokers, kafkajs loses or repeats a part of it
    // when leaders move.
    const sends = await Promise.allSettled(
      partsOfEach(records).map(async ([first, ...rest]) => {
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
      // Aborts the transaction before its timeout. If this fails as well, the next session ends it.
      if (transaction.isActive()) await transaction.abort().catch(() => undefined);
      throw new TransactionFailed(false, cause, fulfilled(sends));
    } finally {
      clearTimeout(deadline);
    }
    return fulfilled(sends);
  }

  /**
   * As the first request of a transaction it may meet the markers of the previous one, which kafkajs waits for only
   * when it sends records.
   */
  private async sendOffset(transaction: Transaction, consumed: ConsumedOffset) {
    const { groupId, topic, partition, offset, metadata = null } = consumed;
    const deadline = Date.now() + this.props.transactionTimeoutMs;
    const partitions = [{ partition, offset: String(offset), metadata }];
    const offsets = { consumerGroupId: groupId, topics: [{ topic, partitions }] };
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
    const answers = await transaction
      .send({
        topic,
        messages: messages.map((message, index) => ({ ...message, partition, ...(index === 0 && { attempts }) })),
        acks: -1,
        compression: compressionType(this.props.compression ?? DEFAULTS.compression),
      })
      .catch((cause: unknown) => {
        if (isRecordRefused(cause)) throw new RecordRefused(topic, partition, cause);
        throw new UnclassifiedError(`${topic}-${partition}: ${messageOf(cause)}`, { cause });
      });
    const [answer] = answers;
    // kafkajs silently sends nothing to a partition that it does not know.
    if (answer === undefined) throw new PartitionMissing(topic, partition);
    if (answer.baseOffset === undefined) throw new UnexpectedAnswer('the acknowledgement has no offset');
    return { topic, partition, offset: BigInt(answer.baseOffset) };
  }
}

type InOrder = [PartitionRecords, ...PartitionRecords[]];

/** The parts of each partition: kafkajs would mix up two concurrent requests for the same partition. */
function partsOfEach(records: readonly PartitionRecords[]): readonly InOrder[] {
  const parts = new Map<string, InOrder>();
  for (const part of records) {
    const name = `${part.topic}-${part.partition}`;
    const inOrder = parts.get(name);
    if (inOrder === undefined) parts.set(name, [part]);
    else inOrder.push(part);
  }
  return [...parts.values()];
}

const fulfilled = <T>(results: readonly PromiseSettledResult<T>[]): readonly T[] =>
  results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
