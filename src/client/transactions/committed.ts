import { fetchLog, type LogPlace } from '../../wire/fetch-log';
import { requireOk } from '../../wire/request';
import { askLeader } from '../log/ask-leader';

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
  askLeader({ bootstrap, of: place, withinMs }, fetchLog(place), ({ code, lastStableOffset, aborted }) => {
    requireOk(code);
    if (lastStableOffset > place.offset) return !aborted.some(({ firstOffset }) => firstOffset === place.offset);
    throw new Error(`a transaction before offset ${place.offset} of ${place.topic} is still open`);
  });
