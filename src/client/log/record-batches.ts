import type { KafkaMessage } from 'kafkajs';
import KafkajsDecoder from 'kafkajs/src/protocol/decoder';
import decodeBatch from 'kafkajs/src/protocol/recordBatch/v0/decoder';
import type { LogPart } from '../../wire/fetch-log';
import { abortedRecords } from './aborted-records';

/** Of an offset and a length, which every batch begins with. */
const BATCH_HEAD = 12;

/** What readers of committed records see of some batches. */
export interface CommittedPart {
  readonly messages: readonly KafkaMessage[];
  /** Where the next batch begins; nothing when there was not one whole batch. */
  readonly next: bigint | undefined;
}

/** Leaves out what transactions wrote that were aborted, and the markers of transactions. */
export async function committedOf({ bytes, aborted }: Pick<LogPart, 'bytes' | 'aborted'>): Promise<CommittedPart> {
  const messages: KafkaMessage[] = [];
  const isAborted = abortedRecords(aborted);
  let next: bigint | undefined;
  for (const batch of wholeBatches(bytes)) {
    const { firstOffset, lastOffsetDelta, records } = await decodeBatch(new KafkajsDecoder(batch));
    next = BigInt(firstOffset) + BigInt(lastOffsetDelta) + 1n;
    for (const record of records) if (!isAborted(record) && !record.isControlRecord) messages.push(record);
  }
  return { messages, next };
}

/** The last one may break off: brokers cut an answer at its limit. */
function* wholeBatches(bytes: Buffer): Iterable<Buffer> {
  for (let at = 0; at + BATCH_HEAD <= bytes.length;) {
    const end = at + BATCH_HEAD + bytes.readInt32BE(at + BATCH_HEAD - 4);
    if (end > bytes.length) return;
    yield bytes.subarray(at, end);
    at = end;
  }
}
