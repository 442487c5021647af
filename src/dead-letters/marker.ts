import type { Message } from 'kafkajs';
import type { ConsumedRecord } from '../client/consumer/record';
import { KIP_1191 } from '../client/retry/header-names';
import { UserError } from '../validation/user-error';

const OFFSETS = 'x-replayed-offsets';
const BY = 'x-replayed-by';

/** A record in a dead letter topic which says that dead letter records of the same partition were replayed. */
export interface Marker {
  /** Offsets of the replayed records; empty in the marker at the start of a session. */
  readonly offsets: readonly bigint[];
  /** The session that wrote it. */
  readonly by: string;
}

/** The marker has no key and no value, so that it cannot be mistaken for a dead letter record. */
export const markerMessage = ({ offsets, by }: Marker): Message => ({
  key: null,
  value: null,
  headers: { [OFFSETS]: offsets.join(','), [BY]: by },
});

/**
 * Parses a marker; undefined for a dead letter record, even if the record has such headers.
 * @throws {UserError} if the marker is not valid, so that the replayed records are unknown
 */
export function markerOf({ topic, partition, offset, key, value, headers }: ConsumedRecord): Marker | undefined {
  const { [OFFSETS]: offsets, [BY]: by, [KIP_1191.topic]: failedIn } = headers;
  if (offsets === undefined || failedIn !== undefined || key !== null || value !== null) return undefined;
  const text = String(offsets);
  if (!/^(\d+(,\d+)*)?$/.test(text)) {
    throw new UserError(
      `${topic}-${partition}@${offset} has ${OFFSETS} = ${JSON.stringify(text)}, which is not a list of offsets: the replayed records cannot be determined`,
      'find out which program wrote it; replays are possible again after retention has deleted it',
    );
  }
  return { offsets: text === '' ? [] : text.split(',').map(BigInt), by: String(by) };
}
