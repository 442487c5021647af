import { KafkaClientError } from '../errors';
import { commandLine } from '../../validation/command-line';

/** Kafka uses one error for both cases. */
const TYPE = 'UNKNOWN_TOPIC_OR_PARTITION';
const FIX = `${commandLine('topics apply')} makes what the catalogue has`;

/** The topic does not exist, or not yet. */
export class TopicMissing extends KafkaClientError {
  override readonly name = 'TopicMissing';
  readonly code = 'TOPIC_MISSING';
  /** The topic may be created, or become known to all brokers, without action of the client. */
  readonly canRetry = true;
  readonly type = TYPE;

  constructor(readonly topic: string) {
    super(`there is no topic ${topic}; ${FIX}`);
  }
}

/**
 * The topic has fewer partitions, or does not have this one yet: a topic with the same partitions as another one is
 * extended after it.
 */
export class PartitionMissing extends KafkaClientError {
  override readonly name = 'PartitionMissing';
  readonly code = 'PARTITION_MISSING';
  readonly canRetry = true;
  readonly type = TYPE;

  /** @param count number of partitions of the topic. @default unknown */
  constructor(
    readonly topic: string,
    readonly partition: number,
    count?: number,
  ) {
    super(`${topic} has no partition ${partition}${count === undefined ? '' : `, only 0 to ${count - 1}`}; ${FIX}`);
  }
}
