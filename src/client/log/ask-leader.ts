import type { TopicPartition } from '../../wire/fetch-log';
import { partitionLeader } from '../../wire/partition-leader';
import { askServer, type Request } from '../../wire/request';
import { RetriableError } from '../consumer/errors';
import { patiently } from '../patiently';

const REQUEST_MS = 5_000;

export interface Asked {
  /** `host:port` of brokers. */
  readonly bootstrap: readonly string[];
  readonly of: TopicPartition;
  /** For how long it is asked again. */
  readonly withinMs: number;
}

/**
 * Asks the leader of a partition until it answers with what can be used, for leaders change.
 * @param read throws to ask again
 * @throws {RetriableError} with the last failure after the time
 */
export const askLeader = <T, R>(
  { bootstrap, of, withinMs }: Asked,
  request: Request<T>,
  read: (answer: T) => R,
): Promise<R> =>
  patiently(async () => {
    try {
      return read(await askServer(await partitionLeader(bootstrap, of), request, REQUEST_MS));
    } catch (cause) {
      throw new RetriableError((cause as Error).message, { cause });
    }
  }, withinMs);
