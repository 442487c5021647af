import { alreadyEncoded } from '../client/encoded';
import { timestampOf, type ConsumedRecord } from '../client/consumer/record';
import { OpenRecord } from '../client/producer/record';
import { copiedHeaders } from '../client/retry/copied-headers';
import { isOfFailure, isOfFirstPlace, RETRY } from '../client/retry/header-names';
import type { Target } from './chains';

const REPLAYED_FROM = 'x-replayed-from';

/**
 * The record as it was before it failed, with the place of its dead letter record; headers of the old failure are
 * removed. In a retry topic it keeps its original place and is due immediately. A header without a value becomes an
 * empty one.
 * @param now milliseconds since 1970
 */
export function copyOf(deadLetter: ConsumedRecord, { topic, isRetry }: Target, now: number): OpenRecord {
  const { key, value, partition, offset } = deadLetter;
  const timestamp = timestampOf(deadLetter);
  const kept = Object.entries(copiedHeaders(deadLetter)).filter(
    ([name]) => name !== REPLAYED_FROM && (!isOfFailure(name) || (isRetry && isOfFirstPlace(name))),
  );
  const headers = {
    ...Object.fromEntries(kept),
    [REPLAYED_FROM]: `${deadLetter.topic}-${partition}@${offset}`,
    ...(isRetry && { [RETRY.round]: '0', [RETRY.notBefore]: String(now) }),
  };
  return new OpenRecord(topic, { key, value: value && alreadyEncoded(value), timestamp, headers });
}
