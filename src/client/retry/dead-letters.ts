import type { TopicName } from '../../topics/catalogue';
import type { RetryChain } from '../../topics/retry-chain';
import { FatalError, RetriableError } from '../consumer/errors';
import type { PermanentSink } from '../consumer/handlers';
import type { EventProducer } from '../producer/event-producer';
import { isHopeless } from '../producer/refusals';
import { deadLetter } from './dead-letter';

interface DeadLettersProps<T extends TopicName> {
  /** Where the dead letters go, from the catalogue's `retryChains`. */
  readonly chain: Pick<RetryChain<T>, 'group'> & { readonly topic: T; readonly deadLetterTopic: TopicName };
  readonly producer: EventProducer;
}

/**
 * Keeps what failed permanently: the same bytes of key and value, headers and timestamp, in the partition of the same
 * number. The record is committed only once its copy is delivered; while it cannot be, its key waits, and a copy that the
 * brokers refuse for good ends the consumer. At least once: when the outcome of a copy is unknown, or the process dies before
 * the commit, a second copy is written.
 */
export const deadLetters =
  <T extends TopicName>({ chain, producer }: DeadLettersProps<T>): PermanentSink<T> =>
  async ({ record, error, attempts }) => {
    const { topic, ...copy } = deadLetter(record, { group: chain.group, error, attempts }, chain.deadLetterTopic);
    const delivery = await producer.send<TopicName>(topic, copy);
    if (delivery.outcome === 'delivered') return 'dead_lettered';
    const { cause } = delivery;
    const message = `no copy in ${chain.deadLetterTopic}: ${(cause as Error).message}`;
    throw isHopeless(cause) ? new FatalError(message, { cause }) : new RetriableError(message, { cause });
  };
