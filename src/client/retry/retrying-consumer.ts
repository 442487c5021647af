import { delayMs, retryGroup, retryTopic, type RetryChain } from './retry-chain';
import { PermanentError } from '../errors';
import { EventConsumer } from '../consumer/event-consumer';
import type { PermanentFailure, PermanentSink, RecordHandler } from '../consumer/handlers';
import type { CommonOptions } from '../consumer/options';
import type { RecordPlace } from '../consumer/record';
import { requireTopics } from '../producer/require-topics';
import { PartitionOwnerships } from '../transactions/partition-ownerships';
import { deadLetter } from './dead-letter';
import { asItStood, failedCalls, notBefore, roundOf, waiting } from './retry-headers';

const ATTEMPTS_IN_PLACE = 3;
const JITTER = 0.1;

type Tuning<T extends string> = Omit<
  CommonOptions<T>,
  'groupId' | 'topics' | 'onPermanent' | 'maxAttempts' | 'maxUnclassifiedAttempts'
>;

/** Options of a retrying consumer. Nothing is read from the environment. */
export interface RetryingOptions<T extends string> extends Tuning<T> {
  /** Topic, group and retry topics of a chain in the catalogue's `retryChains`. */
  readonly chain: RetryChain<T>;
  /** Handles a record of the topic. A retried record has its original place. */
  readonly handle: RecordHandler<T>;
  /** Number of handler calls before a record goes to the next retry topic. @default 3 */
  readonly attemptsInPlace?: number;
  /**
   * Number of retries before a record goes to the dead letter topic. After the last delay, that delay is used again.
   * @default once for each delay
   */
  readonly rounds?: number;
  /**
   * Maximum share by which a delay is extended at random, so that records that failed together do not return together.
   * @default 0.1
   */
  readonly jitter?: number;
}

/** A topic that is read: the source topic of the chain, or the topic of a delay. */
interface Stage {
  readonly topic: string;
  readonly groupId: string;
  /** Whether the topic is a retry topic. Retry headers are evaluated only there. */
  readonly isRetry: boolean;
}

/**
 * Handles every record at least once. A failing record does not delay other records: it waits in one retry topic after
 * the other, is never handled early, and finally goes to the dead letter topic. It is copied to the next topic in the
 * transaction that commits it in the previous one, so it is always in exactly one topic. Later records with the same
 * key may overtake it. Permanent errors skip the delays. An outage (`OutageError`) is not caused by the record and is
 * waited for in place.
 */
export class RetryingConsumer {
  /**
   * Resolves after `close`. If one of the consumers ends for another reason, all of them end, and this rejects with a
   * `ConsumerEnded`.
   */
  readonly ended: Promise<void>;

  private constructor(private readonly consumers: readonly EventConsumer<string>[]) {
    this.ended = Promise.all(consumers.map(({ ended }) => ended)).then(
      () => undefined,
      async (error: unknown) => {
        await this.close();
        throw error;
      },
    );
  }

  /**
   * Starts the consumers of the topic and of all delays. Resolves when all have joined their groups. @throws if one
   * cannot join
   */
  static async start<T extends string>(options: RetryingOptions<T>): Promise<RetryingConsumer> {
    const { chain, connection, onNotice } = options;
    await requireTopics(connection, [...stagesOf(chain).map(({ topic }) => topic), chain.deadLetterTopic], onNotice);
    const starts = await Promise.allSettled(stagesOf(chain).map((stage) => startStage(options, stage)));
    const consumers = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    const failed = starts.find((start) => start.status === 'rejected');
    if (failed === undefined) return new RetryingConsumer(consumers);
    await Promise.all(consumers.map((consumer) => consumer.close()));
    throw failed.reason;
  }

  /** Whether all consumers are currently members of their groups; use it for a readiness probe. */
  get isMember(): boolean {
    return this.consumers.every(({ isMember }) => isMember);
  }

  /**
   * Starts no more records, commits finished work within the deadline, and leaves the groups.
   * @returns records that were started and not done, at their current places
   */
  async close(deadlineMs?: number): Promise<{ readonly abandoned: readonly RecordPlace[]; readonly hasLeft: boolean }> {
    const closed = await Promise.all(this.consumers.map((consumer) => consumer.close(deadlineMs)));
    return {
      abandoned: closed.flatMap(({ abandoned }) => abandoned),
      hasLeft: closed.every(({ hasLeft }) => hasLeft),
    };
  }
}

function stagesOf<T extends string>({ topic, group, delays }: RetryChain<T>): readonly Stage[] {
  return [
    { topic, groupId: group, isRetry: false },
    // Topics of chains are part of the catalogue.
    ...delays.map((delay) => ({
      topic: retryTopic(topic, group, delay),
      groupId: retryGroup(group, delay),
      isRetry: true,
    })),
  ];
}

function startStage<T extends string>(options: RetryingOptions<T>, { topic, groupId, isRetry }: Stage) {
  const { chain, handle, attemptsInPlace = ATTEMPTS_IN_PLACE, rounds, jitter, ...tuning } = options;
  const { connection } = tuning;
  const restore = () => Promise.resolve(undefined);
  const ownerships = new PartitionOwnerships({ ...tuning, connection, groupId, restore });
  return EventConsumer.start(
    {
      ...tuning,
      connection,
      groupId,
      topics: [topic],
      maxAttempts: attemptsInPlace,
      maxUnclassifiedAttempts: attemptsInPlace,
      handle: isRetry ? afterWaiting(chain.topic, handle) : (handle as RecordHandler<string>),
      onPermanent: handingOn({ chain, ownerships, isRetry, rounds: rounds ?? chain.delays.length, jitter }),
    },
    { ownerships, deadLettersOf: { topic: chain.topic, group: chain.group }, ...(isRetry && { notBefore }) },
  );
}

const afterWaiting =
  <T extends string>(topic: T, handle: RecordHandler<T>): RecordHandler<string> =>
  (record, context) =>
    handle(asItStood(record, topic), {
      attempt: failedCalls(record) + context.attempt,
      // Created on first access.
      get signal() {
        return context.signal;
      },
    });

interface HandingOn<T extends string> extends Pick<Stage, 'isRetry'> {
  readonly chain: RetryChain<T>;
  readonly ownerships: PartitionOwnerships<undefined>;
  readonly rounds: number;
  readonly jitter: number | undefined;
}

function handingOn<T extends string>(props: HandingOn<T>): PermanentSink<string> {
  const { ownerships, isRetry, rounds, jitter = JITTER } = props;
  const { topic, group, delays, deadLetterTopic } = props.chain;
  const next = ({ record, error }: PermanentFailure<string>) => {
    const round = isRetry ? roundOf(record) : 0;
    if (error instanceof PermanentError || round >= rounds) return undefined;
    return delays[Math.min(round, delays.length - 1)];
  };
  return (failure) => {
    const { record, error } = failure;
    const attempts = (isRetry ? failedCalls(record) : 0) + failure.attempts;
    const delay = next(failure);
    const to = delay === undefined ? deadLetterTopic : retryTopic(topic, group, delay);
    const copy = deadLetter(record, { group, error, attempts }, to);
    const wait = delay === undefined ? 0 : delayMs(delay) * (1 + Math.random() * jitter);
    const headers = { ...copy.headers, ...(delay !== undefined && waiting(record, wait, Date.now())) };
    ownerships.current(record).putCopy(record.offset, { ...copy, headers });
    return Promise.resolve(delay === undefined ? 'dead_lettered' : 'retried');
  };
}
