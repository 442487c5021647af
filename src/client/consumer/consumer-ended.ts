import { KafkaClientError } from '../errors';
import type { RecordPlace } from './record';
import { messageOf } from '../../validation/message-of';

/**
 * Exit codes for a process whose consumer ended, by reason. 1 and 2 are not used, because Node.js and bash use them.
 */
const EXIT_CODES = {
  /** The handler, or the sink for permanent errors, threw a fatal error. */
  fatal: 3,
  /** A record failed permanently, and no sink is configured. */
  permanent: 4,
  /** kafkajs stopped its consumer and will not restart it. */
  crashed: 5,
} as const;

export type EndReason = keyof typeof EXIT_CODES;

/** The reason why a consumer ended without being closed. `cause` is the original error. */
export class ConsumerEnded extends KafkaClientError {
  override readonly name = 'ConsumerEnded';
  readonly code = 'CONSUMER_ENDED';
  /** True after a crash: another consumer may succeed. */
  readonly canRetry: boolean;
  /** Exit code for the process. */
  readonly exitCode: number;
  // The message has it, too.
  readonly #place: RecordPlace | undefined;

  constructor(
    readonly reason: EndReason,
    cause: unknown,
    place?: RecordPlace,
  ) {
    const where = place === undefined ? '' : ` at offset ${place.offset} of ${place.topic}-${place.partition}`;
    super(`the consumer ended (${reason})${where}: ${messageOf(cause)}`, cause === undefined ? {} : { cause });
    this.#place = place;
    this.canRetry = reason === 'crashed';
    this.exitCode = EXIT_CODES[reason];
  }

  /** Of the first record concerned; nothing when it was no record. */
  get place(): RecordPlace | undefined {
    return this.#place;
  }
}
