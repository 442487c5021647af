import type { KafkaMessage } from 'kafkajs';
import KafkajsDecoder from 'kafkajs/src/protocol/decoder';
import decodeBatch, { type DecodedBatch } from 'kafkajs/src/protocol/recordBatch/v0/decoder';
import type { LogPart } from '../../protocol/fetch-log';
import { wholeBatches } from '../../protocol/whole-batches';
import { abortedRecords } from './aborted-records';

/** The records of some batches that a `read_committed` consumer sees. */
export interface CommittedPart {
  readonly messages: readonly KafkaMessage[];
  /** Offset of the next batch; undefined if there was no complete batch. */
  readonly next: bigint | undefined;
  /** Leader epoch of the last complete batch; undefined if there was none. */
  readonly leaderEpoch: number | undefined;
}

/** Omits records of aborted transactions and control records. */
export async function committedOf({ bytes, aborted }: Pick<LogPart, 'bytes' | 'aborted'>): Promise<CommittedPart> {
  const messages: KafkaMessage[] = [];
  const isAborted = abortedRecords(aborted);
  let next: bigint | undefined;
  let leaderEpoch: number | undefined;
  for await (const { firstOffset, lastOffsetDelta, partitionLeaderEpoch, records } of decodedBatches(bytes)) {
    next = BigInt(firstOffset) + BigInt(lastOffsetDelta) + 1n;
    leaderEpoch = partitionLeaderEpoch;
    for (const record of records) if (!isAborted(record) && !record.isControlRecord) messages.push(record);
  }
  return { messages, next, leaderEpoch };
}

/** All records in the log, batch by batch. */
export async function* decodedBatches(bytes: Buffer): AsyncGenerator<DecodedBatch, void, undefined> {
  for (const batch of wholeBatches(bytes)) yield decodeBatch(new KafkajsDecoder(batch));
}
