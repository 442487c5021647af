import type { Decoder } from './protocol';
import type { Request } from './request';

const CLIENT = -1;
const READ_COMMITTED = 1;
const ANY_EPOCH = -1;
const NO_SESSION = 0;
const FINAL_EPOCH = -1;
const AT_LEAST_BYTES = 1;

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

export interface LogPlace extends TopicPartition {
  readonly offset: bigint;
}

interface FetchLimits {
  /** Beyond the first batch, which is always whole. @default only the first batch */
  readonly maxBytes?: number;
  /** How long the broker waits while there is nothing, in milliseconds. @default not at all */
  readonly maxWaitMs?: number;
}

export interface AbortedTransaction {
  readonly producerId: bigint;
  /** Of its first record in the partition. */
  readonly firstOffset: bigint;
}

/** A part of a log, and what a broker says of the transactions in it. */
export interface FetchedLog {
  /** Kafka's number of the error with which the broker refuses to tell. */
  readonly code: number;
  /** Below it every transaction has ended. */
  readonly lastStableOffset: bigint;
  /** In no order that means anything. */
  readonly aborted: readonly AbortedTransaction[];
  /** Record batches up to the last stable offset, the first from where the place lies in it, the last maybe cut off. */
  readonly batches: Buffer;
}

/** Fetch v12 from a place of the log; only the leader of the partition answers. */
export const fetchLog = (
  { topic, partition, offset }: LogPlace,
  { maxBytes = 1, maxWaitMs = 0 }: FetchLimits = {},
): Request<FetchedLog> => ({
  apiKey: 1,
  version: 12,
  encode: (body) => {
    body.int32(CLIENT).int32(maxWaitMs).int32(AT_LEAST_BYTES).int32(maxBytes).int8(READ_COMMITTED);
    body.int32(NO_SESSION).int32(FINAL_EPOCH);
    body.array([topic], (name) => {
      body.string(name);
      body.array([partition], (number) => {
        body.int32(number).int32(ANY_EPOCH).int64(offset).int32(ANY_EPOCH).int64(-1n).int32(maxBytes).noTags();
      });
      body.noTags();
    });
    body.array([], () => undefined);
    body.string('').noTags();
  },
  decode: (body) => {
    body.int32();
    const code = body.int16();
    body.int32();
    const [partitions = []] = body.array(() => {
      body.string();
      return body.array(() => decodePartition(body));
    });
    return partitions[0] ?? { code, lastStableOffset: -1n, aborted: [], batches: Buffer.alloc(0) };
  },
});

/** Reads no further than it needs: this is the only partition, and its records come last. */
function decodePartition(body: Decoder): FetchedLog {
  body.int32();
  const code = body.int16();
  body.int64();
  const lastStableOffset = body.int64();
  body.int64();
  const aborted = body.array(() => {
    const transaction = { producerId: body.int64(), firstOffset: body.int64() };
    body.skipTags();
    return transaction;
  });
  body.int32();
  return { code, lastStableOffset, aborted, batches: body.nullableBytes() ?? Buffer.alloc(0) };
}
