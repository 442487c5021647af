import { fetchLog, type LogPlace } from '../../wire/fetch-log';
import { askServer, requireOk } from '../../wire/request';
import { RetriableError } from '../consumer/errors';
import { leaderOf } from '../log/leader';
import { patiently } from '../patiently';

const REQUEST_MS = 5_000;
/** The records are not looked at. */
const ONE_BATCH_BYTES = 1;

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
  const { code, lastStableOffset, aborted } = await askServer(leader, fetchLog(place, ONE_BATCH_BYTES), REQUEST_MS);
  requireOk(code);
  if (lastStableOffset > place.offset) return !aborted.some(({ firstOffset }) => firstOffset === place.offset);
  throw new Error(`a transaction before offset ${place.offset} of ${place.topic} is still open`);
}
