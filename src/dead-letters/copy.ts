import { alreadyEncoded } from '../client/encoded';
import type { ConsumedRecord } from '../client/consumer/record';
import { OpenRecord } from '../client/producer/record';
import { copiedHeaders } from '../client/retry/copied-headers';
import { isOfFailure, isOfFirstPlace, RETRY } from '../client/retry/header-names';
import type { Target } from './chains';

const REPLAYED_FROM = 'x-replayed-from';

/**
 * The record as it was before it failed, so that another failure tells its own story, and from which letter it comes. In
 * a retry topic it keeps where it stood first, and is due at once. A header without a value gets an empty one.
 * @param now milliseconds since 1970
 */
export function copyOf(letter: ConsumedRecord, { topic, isRetry }: Target, now: number): OpenRecord {
  const { key, value, timestamp, partition, offset } = letter;
  const kept = Object.entries(copiedHeaders(letter)).filter(
    ([name]) => name !== REPLAYED_FROM && (!isOfFailure(name) || (isRetry && isOfFirstPlace(name))),
  );
  const headers = {
    ...Object.fromEntries(kept),
    [REPLAYED_FROM]: `${letter.topic}-${partition}@${offset}`,
    ...(isRetry && { [RETRY.round]: '0', [RETRY.notBefore]: String(now) }),
  };
  return new OpenRecord(topic, { key, value: value && alreadyEncoded(value), timestamp, headers });
}
