import type { Catalogue, TopicOf } from '../catalogue';
import { EventConsumer, type Closed } from '../consumer/event-consumer';
import type { HandlingContext, PermanentSink } from '../consumer/handlers';
import type { CommonOptions } from '../consumer/options';
import type { ConsumedRecord } from '../consumer/record';
import { requireTopics } from '../producer/require-topics';
import { deadLetter } from '../retry/dead-letter';
import { PartitionOwnerships } from '../transactions/partition-ownerships';
import { untyped, type TransactionRecord } from '../transactions/transaction-record';

/** Options of a transform. Nothing is read from the environment. */
export interface TransformOptions<T extends string, S, C extends Catalogue = Catalogue> extends Omit<
  CommonOptions<T>,
  'topics' | 'onPermanent'
> {
  readonly topic: T;
  /**
   * Converts some records of one partition, in the order of the log, to output records. It must be deterministic: the
   * same records and state must give the same output, because records may be handled again. If it throws, it must leave
   * the state unchanged. Records that fail permanently go to the dead letter topic; the other records of their batch
   * are handled one by one. A record with an output that can never be written fails permanently; the state, which
   * already includes that record, is then restored.
   */
  readonly transform: (
    records: readonly ConsumedRecord<T>[],
    state: S,
    context: HandlingContext,
  ) => readonly TransactionRecord<C>[] | Promise<readonly TransactionRecord<C>[]>;
  /**
   * Creates the state of a partition, usually by reading the transform's own output. It is called when the partition is
   * taken over and whenever handled records could not be committed.
   */
  readonly restore: (partition: number) => Promise<S>;
  /**
   * Topic for records that fail permanently, written in the same transaction. @default none: the first such record ends
   * the transform
   */
  readonly deadLetterTopic?: TopicOf<C> | undefined;
  /** Maximum number of records in one call. @default 500 */
  readonly batchRecords?: number;
  /**
   * Time after which a transaction is aborted, so that `read_committed` consumers no longer wait for it. @default 20 s
   */
  readonly transactionTimeoutMs?: number;
}

/**
 * Reads a topic and writes the results to other topics. For `read_committed` consumers each record takes effect exactly
 * once: outputs and offsets are committed in one transaction. Other side effects, such as database writes or mails,
 * happen at least once.
 */
export class ExactlyOnceTransform<T extends string> {
  private constructor(private readonly consumer: EventConsumer<T>) {}

  /** Starts a transform. Resolves when it has joined its group. @throws if it cannot join */
  static async start<T extends string, S, C extends Catalogue = Catalogue>(
    options: TransformOptions<T, S, C>,
  ): Promise<ExactlyOnceTransform<T>> {
    const { topic, transform, restore, deadLetterTopic, batchRecords, transactionTimeoutMs, ...common } = options;
    const { groupId, connection, onNotice } = common;
    const ownerships = new PartitionOwnerships<S>({ ...common, connection, transactionTimeoutMs, restore });
    if (deadLetterTopic !== undefined) await requireTopics(connection, [deadLetterTopic], onNotice);
    const consumer = await EventConsumer.start<T>(
      {
        ...common,
        topics: [topic],
        ...(batchRecords !== undefined && { batchRecords }),
        ...(deadLetterTopic !== undefined && { onPermanent: toDeadLetters(ownerships, groupId, deadLetterTopic) }),
        handleBatch: async (records, context) => {
          const [first] = records;
          if (first === undefined) return;
          const ownership = ownerships.current(first);
          ownership.refused.check(records);
          await ownership.settled(first.offset);
          const outputs = await transform(records, ownership.state, context);
          if (!context.signal.aborted) ownership.put(records, untyped(outputs));
        },
      },
      { ownerships },
    );
    return new ExactlyOnceTransform(consumer);
  }

  /** Rejects with a `ConsumerEnded` if the transform ends without being closed; see `EventConsumer.ended`. */
  get ended(): Promise<void> {
    return this.consumer.ended;
  }

  /** Whether the transform is currently a member of its group; use it for a readiness probe. */
  get isMember(): boolean {
    return this.consumer.isMember;
  }

  /** Starts no more records, commits finished work within the deadline, and leaves the group. @default 25 s */
  close(deadlineMs?: number): Promise<Closed<T>> {
    return this.consumer.close(deadlineMs);
  }
}

const toDeadLetters =
  <T extends string, S>(ownerships: PartitionOwnerships<S>, group: string, topic: string): PermanentSink<T> =>
  ({ record, error, attempts }) => {
    ownerships.current(record).putCopy(record.offset, deadLetter(record, { group, error, attempts }, topic));
    return Promise.resolve('dead_lettered');
  };
