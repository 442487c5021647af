import type { TopicName } from '../../topics/catalogue';
import { EventConsumer, type Closed } from '../consumer/event-consumer';
import type { HandlingContext, PermanentSink } from '../consumer/handlers';
import type { CommonOptions } from '../consumer/options';
import type { ConsumedRecord } from '../consumer/record';
import { deadLetter } from '../retry/dead-letter';
import { PartitionTenures } from '../transactions/partition-tenures';
import type { TransactionRecord } from '../transactions/transaction-record';

/** How a transform works; nothing is read from the environment. */
export interface TransformOptions<T extends TopicName, S> extends Omit<CommonOptions<T>, 'topics' | 'onPermanent'> {
  readonly topic: T;
  /**
   * What comes of some records of one partition, in the order of the log. The same records and state give the same, for
   * they may be handled again; and what throws leaves the state as it was. Records that fail permanently go to the dead
   * letters, the others of their batch are handled one by one.
   */
  readonly transform: (
    records: readonly ConsumedRecord<T>[],
    state: S,
    context: HandlingContext,
  ) => readonly TransactionRecord[] | Promise<readonly TransactionRecord[]>;
  /**
   * Makes the state of a partition when it is taken over, and anew whenever what was handled could not be committed;
   * usually by reading what it has written itself.
   */
  readonly restore: (partition: number) => Promise<S>;
  /** Where records go that fail permanently, in the same transaction. @default none: the first one ends the transform */
  readonly deadLetterTopic?: TopicName | undefined;
  /** Records of one call. @default 500 */
  readonly batchRecords?: number;
  /** After so long a transaction is aborted; whoever reads committed records waits no longer for it. @default 20 s */
  readonly transactionTimeoutMs?: number;
}

/**
 * Reads a topic and writes what comes of it to others, each record exactly once for readers of committed records: outputs and
 * progress are committed in one transaction. What the transform does beside, in a database or by mail, is done at least once.
 */
export class ExactlyOnceTransform<T extends TopicName> {
  private constructor(private readonly consumer: EventConsumer<T>) {}

  /** Resolves when the group has been joined. @throws when it cannot be */
  static async start<T extends TopicName, S>(options: TransformOptions<T, S>): Promise<ExactlyOnceTransform<T>> {
    const { topic, transform, restore, deadLetterTopic, batchRecords, transactionTimeoutMs, ...common } = options;
    const { bootstrap, groupId, metrics } = common;
    const tenures = new PartitionTenures<S>({ bootstrap, groupId, metrics, transactionTimeoutMs, restore });
    const consumer = await EventConsumer.start<T>(
      {
        ...common,
        topics: [topic],
        ...(batchRecords !== undefined && { batchRecords }),
        ...(deadLetterTopic !== undefined && { onPermanent: toDeadLetters(tenures, groupId, deadLetterTopic) }),
        handleBatch: async (records, context) => {
          const [first] = records;
          if (first === undefined) return;
          const tenure = tenures.current(first);
          const outputs = await transform(records, tenure.state, context);
          if (!context.signal.aborted) tenure.put(first.offset, outputs);
        },
      },
      { tenures },
    );
    return new ExactlyOnceTransform(consumer);
  }

  /** As of the consumer: rejects with a `ConsumerEnded` when it ends and nobody closed it. */
  get ended(): Promise<void> {
    return this.consumer.ended;
  }

  /** Whether the group counts on this member; what readiness should tell. */
  get isMember(): boolean {
    return this.consumer.isMember;
  }

  /** Begins nothing more, commits what is done within the deadline and leaves the group. @default 25 s */
  close(deadlineMs?: number): Promise<Closed<T>> {
    return this.consumer.close(deadlineMs);
  }
}

const toDeadLetters =
  <T extends TopicName, S>(tenures: PartitionTenures<S>, group: string, topic: TopicName): PermanentSink<T> =>
  ({ record, error, attempts }) => {
    tenures.current(record).put(record.offset, [deadLetter(record, { group, error, attempts }, topic)]);
    return Promise.resolve('dead_lettered');
  };
