import type { TopicName } from '../../topics/catalogue';
import { delayMs, retryGroup, retryTopic, type RetryChain } from '../../topics/retry-chain';
import { PermanentError } from '../consumer/errors';
import { EventConsumer } from '../consumer/event-consumer';
import type { PermanentFailure, PermanentSink, RecordHandler } from '../consumer/handlers';
import type { CommonOptions } from '../consumer/options';
import type { RecordPlace } from '../consumer/record';
import { PartitionTenures } from '../transactions/partition-tenures';
import { deadLetter } from './dead-letter';
import { asItStood, failedCalls, notBefore, roundOf, waiting } from './retry-headers';

const ATTEMPTS_IN_PLACE = 3;
const JITTER = 0.1;

type Tuning<T extends TopicName> = Omit<
  CommonOptions<T>,
  'groupId' | 'topics' | 'onPermanent' | 'maxAttempts' | 'maxUnclassifiedAttempts'
>;

/** How a retrying consumer works; nothing is read from the environment. */
export interface RetryingOptions<T extends TopicName> extends Tuning<T> {
  /** The topic, the group and where its failures go, from the catalogue's `retryChains`. */
  readonly chain: RetryChain<T>;
  /** Handles a record of the topic; one that has waited has the place where it stood first. */
  readonly handle: RecordHandler<T>;
  /** Calls of the handler before a record waits in the next retry topic. @default 3 */
  readonly attemptsInPlace?: number;
  /** How often a record waits before it is a dead letter; beyond the delays the last one is used again. @default once each */
  readonly rounds?: number;
  /** A wait is longer by up to this share, so that what failed together does not come back together. @default 0.1 */
  readonly jitter?: number;
}

/** One of the topics that are read: the chain's own, or that of a delay. */
interface Stage {
  readonly topic: TopicName;
  readonly groupId: string;
  /** Whether what stands there was sent to wait; nobody else's headers are believed. */
  readonly isRetry: boolean;
}

/**
 * Handles every record at least once, and holds nothing up by one that fails: it goes from delay to delay, never early, and
 * then to the dead letters. It stands in exactly one of these places, as it is handed on in the transaction that commits
 * it where it stood. A record that waits is overtaken by later ones of its key. Errors that are permanent skip the delays;
 * an outage (`OutageError`) is nobody's fault and is waited for in place.
 */
export class RetryingConsumer {
  /** Resolves once closed. Rejects with a `ConsumerEnded` when one of its consumers ends otherwise; then all do. */
  readonly ended: Promise<void>;

  private constructor(private readonly consumers: readonly EventConsumer<TopicName>[]) {
    this.ended = Promise.all(consumers.map(({ ended }) => ended)).then(
      () => undefined,
      async (error: unknown) => {
        await this.close();
        throw error;
      },
    );
  }

  /** Resolves when the group of every delay has been joined too. @throws when one cannot be */
  static async start<T extends TopicName>(options: RetryingOptions<T>): Promise<RetryingConsumer> {
    const starts = await Promise.allSettled(stagesOf(options.chain).map((stage) => startStage(options, stage)));
    const consumers = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    const failed = starts.find((start) => start.status === 'rejected');
    if (failed === undefined) return new RetryingConsumer(consumers);
    await Promise.all(consumers.map((consumer) => consumer.close()));
    throw failed.reason;
  }

  /** Whether every group counts on this member; what readiness should tell. */
  get isMember(): boolean {
    return this.consumers.every(({ isMember }) => isMember);
  }

  /**
   * Begins nothing more, commits what is done within the deadline and leaves the groups.
   * @returns what was begun and not done, where it stands now
   */
  async close(deadlineMs?: number): Promise<{ readonly abandoned: readonly RecordPlace[]; readonly hasLeft: boolean }> {
    const closed = await Promise.all(this.consumers.map((consumer) => consumer.close(deadlineMs)));
    return {
      abandoned: closed.flatMap(({ abandoned }) => abandoned),
      hasLeft: closed.every(({ hasLeft }) => hasLeft),
    };
  }
}

function stagesOf<T extends TopicName>({ topic, group, delays }: RetryChain<T>): readonly Stage[] {
  return [
    { topic, groupId: group, isRetry: false },
    // The catalogue has the topics of its chains.
    ...delays.map((delay) => ({
      topic: retryTopic(topic, group, delay) as TopicName,
      groupId: retryGroup(group, delay),
      isRetry: true,
    })),
  ];
}

function startStage<T extends TopicName>(options: RetryingOptions<T>, { topic, groupId, isRetry }: Stage) {
  const { chain, handle, attemptsInPlace = ATTEMPTS_IN_PLACE, rounds, jitter, ...tuning } = options;
  const { bootstrap, metrics } = tuning;
  const tenures = new PartitionTenures({ bootstrap, groupId, metrics, restore: () => Promise.resolve(undefined) });
  return EventConsumer.start<TopicName>(
    {
      ...tuning,
      groupId,
      topics: [topic],
      maxAttempts: attemptsInPlace,
      maxUnclassifiedAttempts: attemptsInPlace,
      handle: isRetry ? afterWaiting(chain.topic, handle) : (handle as RecordHandler<TopicName>),
      onPermanent: handingOn({ chain, tenures, isRetry, rounds: rounds ?? chain.delays.length, jitter }),
    },
    { tenures, lettersOf: { topic: chain.topic, group: chain.group }, ...(isRetry && { notBefore }) },
  );
}

const afterWaiting =
  <T extends TopicName>(topic: T, handle: RecordHandler<T>): RecordHandler<TopicName> =>
  (record, context) =>
    handle(asItStood(record, topic), {
      attempt: failedCalls(record) + context.attempt,
      // Made when somebody looks at it.
      get signal() {
        return context.signal;
      },
    });

interface HandingOn<T extends TopicName> extends Pick<Stage, 'isRetry'> {
  readonly chain: RetryChain<T>;
  readonly tenures: PartitionTenures<undefined>;
  readonly rounds: number;
  readonly jitter: number | undefined;
}

function handingOn<T extends TopicName>(props: HandingOn<T>): PermanentSink<TopicName> {
  const { tenures, isRetry, rounds, jitter = JITTER } = props;
  const { topic, group, delays, deadLetterTopic } = props.chain;
  const next = ({ record, error }: PermanentFailure<TopicName>) => {
    const round = isRetry ? roundOf(record) : 0;
    if (error instanceof PermanentError || round >= rounds) return undefined;
    return delays[Math.min(round, delays.length - 1)];
  };
  return (failure) => {
    const { record, error } = failure;
    const attempts = (isRetry ? failedCalls(record) : 0) + failure.attempts;
    const delay = next(failure);
    const to = delay === undefined ? deadLetterTopic : retryTopic(topic, group, delay);
    const copy = deadLetter(record, { group, error, attempts }, to as TopicName);
    const wait = delay === undefined ? 0 : delayMs(delay) * (1 + Math.random() * jitter);
    const headers = { ...copy.headers, ...(delay !== undefined && waiting(record, wait, Date.now())) };
    tenures.current(record).put(record.offset, [{ ...copy, headers }]);
    return Promise.resolve(delay === undefined ? 'dead_lettered' : 'retried');
  };
}
