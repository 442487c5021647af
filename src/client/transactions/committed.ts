import { DESCRIBE_CLUSTER } from '../../wire/describe-cluster';
import { fetchStability, type LogPlace } from '../../wire/fetch-stability';
import { METADATA } from '../../wire/metadata';
import { ask, askServer, requireOk } from '../../wire/request';
import { RetriableError } from '../consumer/errors';
import { patiently } from '../patiently';

const REQUEST_MS = 5_000;

interface Question {
  readonly bootstrap: readonly string[];
  /** Of the transaction's first record in a partition. */
  readonly place: LogPlace;
  readonly withinMs: number;
}

/**
 * Whether a transaction that has ended was committed: no other one's first record can stand in its place, so it was
 * aborted if one that begins there was.
 * @throws {RetriableError} when no broker tells within the time, as when another transaction before it is still open
 */
export const wasCommitted = ({ bootstrap, place, withinMs }: Question): Promise<boolean> =>
  patiently(async () => {
    try {
      return await ended(bootstrap, place);
    } catch (cause) {
      throw new RetriableError((cause as Error).message, { cause });
    }
  }, withinMs);

async function ended(bootstrap: readonly string[], place: LogPlace): Promise<boolean> {
  const leader = await leaderOf(bootstrap, place);
  const { code, lastStableOffset, abortedFirstOffsets } = await askServer(leader, fetchStability(place), REQUEST_MS);
  requireOk(code);
  if (lastStableOffset > place.offset) return !abortedFirstOffsets.includes(place.offset);
  throw new Error(`a transaction before offset ${place.offset} of ${place.topic} is still open`);
}

async function leaderOf(bootstrap: readonly string[], { topic, partition }: LogPlace): Promise<string> {
  const topics = await ask(bootstrap, METADATA);
  const { brokers } = await ask(bootstrap, DESCRIBE_CLUSTER);
  const partitions = topics.find(({ name }) => name === topic)?.partitions ?? [];
  const leader = partitions.find((each) => each.partition === partition)?.leaderId;
  const broker = brokers.find(({ id }) => id === leader);
  if (broker === undefined) throw new Error(`${topic}-${partition} has no leader`);
  return `${broker.host}:${broker.port}`;
}
