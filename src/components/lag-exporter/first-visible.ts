import { wholeBatches } from '../../protocol/whole-batches';
import type { LogPart } from '../../protocol/fetch-log';
import type { PassedOver } from './log-memory';

/** Offsets of the fields of a record batch. Source: https://kafka.apache.org/documentation/#recordbatch */
const AT = { magic: 16, attributes: 21, lastOffsetDelta: 23, producerId: 43, recordCount: 57 } as const;

const MAGIC = 2;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;

/**
 * Finds the first record at or after an offset that a `read_committed` consumer sees. Only headers of batches are read;
 * nothing is decompressed.
 * @returns undefined if the bytes do not contain a whole batch
 */
export function firstVisible({ bytes, aborted, lastStableOffset }: LogPart, from: bigint): PassedOver | undefined {
  // Compaction has removed everything between the offset and the end.
  if (bytes.length === 0) return { next: lastStableOffset, isVisible: false };
  const waiting = [...aborted].sort((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  const begun = new Set<bigint>();
  let reached: bigint | undefined;
  for (const batch of wholeBatches(bytes)) {
    const first = batch.readBigInt64BE(0);
    if (batch.readInt8(AT.magic) < MAGIC) return { next: larger(first, from), isVisible: true };
    while (waiting[0] !== undefined && waiting[0].firstOffset <= first) begun.add(waiting.shift()?.producerId ?? -1n);
    const end = first + BigInt(batch.readInt32BE(AT.lastOffsetDelta)) + 1n;
    const isSeen = isVisible(batch, begun);
    if (end > from && isSeen) return { next: larger(first, from), isVisible: true };
    reached = larger(end, from);
  }
  return reached === undefined
    ? undefined
    : { next: smaller(reached, larger(lastStableOffset, from)), isVisible: false };
}

/**
 * @param begun ids of producers with an aborted transaction at this place of the log; the control batch at the end of
 * the transaction removes the id
 */
function isVisible(batch: Buffer, begun: Set<bigint>): boolean {
  const attributes = batch.readInt16BE(AT.attributes);
  const producerId = batch.readBigInt64BE(AT.producerId);
  if ((attributes & CONTROL) !== 0) {
    begun.delete(producerId);
    return false;
  }
  if ((attributes & TRANSACTIONAL) !== 0 && begun.has(producerId)) return false;
  return batch.readInt32BE(AT.recordCount) > 0;
}

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
