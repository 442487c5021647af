import type { KafkaMessage } from 'kafkajs';
import KafkajsDecoder from 'kafkajs/src/protocol/decoder';
import decodeBatch, { type DecodedBatch } from 'kafkajs/src/protocol/recordBatch/v0/decoder';
import type { LogPart } from '../../wire/fetch-log';

/** Of an offset and a length, which every batch begins with. */
const BATCH_HEAD = 12;

/** In the key of a transaction's marker, behind its version. */
const ABORT = 0;

/** What readers of committed records see of some batches. */
export interface CommittedPart {
  readonly messages: readonly KafkaMessage[];
  /** Where the next batch begins; nothing when there was not one whole batch. */
  readonly next: bigint | undefined;
}

/** Leaves out what transactions wrote that were aborted, and the markers of transactions. */
export async function committedOf({ bytes, aborted }: Pick<LogPart, 'bytes' | 'aborted'>): Promise<CommittedPart> {
  const messages: KafkaMessage[] = [];
  const waiting = [...aborted].sort((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  const dropped = new Set<bigint>();
  let next: bigint | undefined;
  for (const batch of wholeBatches(bytes)) {
    const decoded = await decodeBatch(new KafkajsDecoder(batch));
    const { firstOffset, lastOffsetDelta, producerId, inTransaction, isControlBatch, records } = decoded;
    const producer = BigInt(producerId);
    next = BigInt(firstOffset) + BigInt(lastOffsetDelta) + 1n;
    while (waiting[0] !== undefined && waiting[0].firstOffset < next) {
      const [begun] = waiting.splice(0, 1);
      if (begun !== undefined) dropped.add(begun.producerId);
    }
    if (isControlBatch) {
      if (endsInAbort(records)) dropped.delete(producer);
    } else if (!inTransaction || !dropped.has(producer)) messages.push(...records);
  }
  return { messages, next };
}

const endsInAbort = ([marker]: DecodedBatch['records']): boolean => marker?.key?.readInt16BE(2) === ABORT;

/** The last one may break off: brokers cut an answer at its limit. */
function* wholeBatches(bytes: Buffer): Iterable<Buffer> {
  for (let at = 0; at + BATCH_HEAD <= bytes.length;) {
    const end = at + BATCH_HEAD + bytes.readInt32BE(at + BATCH_HEAD - 4);
    if (end > bytes.length) return;
    yield bytes.subarray(at, end);
    at = end;
  }
}
