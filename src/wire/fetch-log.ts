import type { Decoder } from './protocol';
import type { Request } from './request';

const CLIENT = -1;
const READ_COMMITTED = 1;
const ANY_EPOCH = -1;
const NO_SESSION = 0;
const FINAL_EPOCH = -1;
const AT_ONCE = 0;

export interface LogPlace {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

/** A transaction of which nothing counts. */
export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: bigint;
}

/** What stands in a partition's log from a place on, and what the broker says of the transactions there. */
export interface LogPart {
  /** Kafka's number of the error with which the broker refuses to tell. */
  readonly code: number;
  /** Behind the last record that is replicated. */
  readonly highWatermark: bigint;
  /** Below it every transaction has ended. */
  readonly lastStableOffset: bigint;
  /** Of the first record that is still there. */
  readonly logStartOffset: bigint;
  /** Those that stand in these bytes. */
  readonly aborted: readonly AbortedTransaction[];
  /** Batches of records; the first may begin before the place, the last may break off. */
  readonly bytes: Buffer;
}

/**
 * Fetch v12 of one partition, as a reader of committed records, without a group; only its leader answers.
 * @param maxBytes a first batch that is larger comes all the same
 */
export const fetchLog = ({ topic, partition, offset }: LogPlace, maxBytes: number): Request<LogPart> => ({
  apiKey: 1,
  version: 12,
  encode: (body) => {
    body.int32(CLIENT).int32(AT_ONCE).int32(0).int32(maxBytes).int8(READ_COMMITTED);
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
    return partitions[0] ?? { ...NOTHING, code };
  },
});

const NOTHING: Omit<LogPart, 'code'> = {
  highWatermark: -1n,
  lastStableOffset: -1n,
  logStartOffset: -1n,
  aborted: [],
  bytes: Buffer.alloc(0),
};

/** Reads no further than it needs: this is the only partition. */
function decodePartition(body: Decoder): LogPart {
  body.int32();
  const code = body.int16();
  const highWatermark = body.int64();
  const lastStableOffset = body.int64();
  const logStartOffset = body.int64();
  const aborted = body.array(() => {
    const transaction = { producerId: body.int64(), firstOffset: body.int64() };
    body.skipTags();
    return transaction;
  });
  body.int32();
  return { code, highWatermark, lastStableOffset, logStartOffset, aborted, bytes: body.bytes() };
}
