import type { RetryChain } from './retry-chain';
import { CopyFailed, FatalError, RetriableError } from '../errors';
import type { PermanentSink } from '../consumer/handlers';
import type { OutgoingRecord } from '../producer/record';
import { DeliveryEnded, type Delivery } from '../producer/delivery';
import { PartitionMissing } from '../producer/missing';
import { isTooLarge, RecordRefused } from '../producer/refusals';
import { CopyRefused, withoutStack } from './copy-refused';
import { deadLetter } from './dead-letter';

interface DeadLettersProps<T extends string> {
  /** Topic, dead letter topic and group of a chain in the catalogue's `retryChains`. */
  readonly chain: Pick<RetryChain<T>, 'group'> & { readonly topic: T; readonly deadLetterTopic: string };
  readonly producer: { send(topic: string, record: OutgoingRecord): Promise<Delivery> };
}

/**
 * Copies records that failed permanently to a dead letter topic: the same key, value, headers and timestamp, in the
 * partition of the same number. The record is committed only after its copy is delivered; until then its key waits,
 * also while the dead letter topic has fewer partitions. If a copy is too large, the stack trace of its error is
 * omitted. If the topic rejects the copy because of a setting, it is retried until the setting is changed. If the topic
 * is missing for longer than `missingTopicMs`, the consumer ends. Copies are written at least once: if the outcome of a
 * copy is unknown, or the process dies before the commit, a second copy is written.
 */
export const deadLetters =
  <T extends string>({ chain, producer }: DeadLettersProps<T>): PermanentSink<T> =>
  async ({ record, error, attempts }) => {
    const copy = deadLetter(record, { group: chain.group, error, attempts }, chain.deadLetterTopic);
    let delivery = await producer.send(copy.topic, copy);
    if (delivery.outcome === 'failed' && isTooLarge(delivery.cause))
      delivery = await producer.send(copy.topic, withoutStack(copy));
    if (delivery.outcome === 'delivered') return 'dead_lettered';
    const { cause } = delivery;
    if (cause instanceof RecordRefused) throw new CopyRefused(cause, [copy]);
    const message = `no copy in ${chain.deadLetterTopic}: ${(cause as Error).message}`;
    if (cause instanceof DeliveryEnded && cause.isFinal) throw new FatalError(message, { cause });
    // The dead letter topic gets its partitions after the source topic, and a delivery timeout may be temporary.
    const mayPass = cause instanceof PartitionMissing || cause instanceof DeliveryEnded;
    throw mayPass ? new RetriableError(message, { cause }) : new CopyFailed(message, { cause });
  };
