import type { Message } from 'kafkajs';
import type { ConsumedRecord } from '../client/consumer/record';
import { KIP_1191 } from '../client/retry/header-names';
import { UserError } from '../console/user-error';

const OFFSETS = 'x-replayed-offsets';
const BY = 'x-replayed-by';

/** A record in a dead-letter partition which says that letters of that partition were replayed. */
export interface Marker {
  /** None in the one with which a session begins. */
  readonly offsets: readonly bigint[];
  /** The session that wrote it. */
  readonly by: string;
}

/** Without key and value, so that nobody takes it for a letter's. */
export const markerMessage = ({ offsets, by }: Marker): Message => ({
  key: null,
  value: null,
  headers: { [OFFSETS]: offsets.join(','), [BY]: by },
});

/**
 * The marker that a record is; undefined for a letter, also for the letter of a record with such headers.
 * @throws {UserError} when it cannot be told which letters were replayed
 */
export function markerOf({ topic, partition, offset, key, value, headers }: ConsumedRecord): Marker | undefined {
  const { [OFFSETS]: offsets, [BY]: by, [KIP_1191.topic]: failedIn } = headers;
  if (offsets === undefined || failedIn !== undefined || key !== null || value !== null) return undefined;
  const text = String(offsets);
  if (!/^(\d+(,\d+)*)?$/.test(text)) {
    throw new UserError(
      `${topic}-${partition}@${offset} has ${OFFSETS} = ${JSON.stringify(text)}, which is no list of offsets: it cannot be told what was replayed`,
      'find out who wrote it; letters are replayed again once it is beyond its retention',
    );
  }
  return { offsets: text === '' ? [] : text.split(',').map(BigInt), by: String(by) };
}
