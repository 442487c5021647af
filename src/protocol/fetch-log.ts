import type { Decoder, Encoder } from './protocol';
import type { Request } from './request';

const API_KEY = 1;
/** The first version with topic ids, which distinguish a topic from an earlier one of the same name. */
export const FETCH_VERSION = 13;

const CLIENT = -1;
const READ_COMMITTED = 1;
const NO_EPOCH = -1;
const NO_SESSION = 0;
const FINAL_EPOCH = -1;
const AT_ONCE = 0;
const DIVERGING_EPOCH_TAG = 0;

/** The position from which a partition is read. */
export interface LogPosition {
  readonly partition: number;
  readonly offset: bigint;
  /**
   * Leader epoch of the record before the offset. If it is given, the response says whether the log was truncated
   * before the offset. @default no check
   */
  readonly leaderEpoch?: number | undefined;
}

/** A position in the log of a topic that is identified by its id. */
export interface LogPlace extends LogPosition {
  readonly topicId: string;
}

/** An aborted transaction. */
export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: bigint;
}

/** A part of a partition's log, and the state of the transactions in it. */
export interface LogPart {
  /** Kafka's error code. */
  readonly code: number;
  /** Offset after the last fully replicated record. */
  readonly highWatermark: bigint;
  /** All transactions below this offset have ended. */
  readonly lastStableOffset: bigint;
  /** Offset of the first record that has not been deleted. */
  readonly logStartOffset: bigint;
  /** Aborted transactions within these bytes. */
  readonly aborted: readonly AbortedTransaction[];
  /** Record batches. The first one may start before the position, and the last one may be incomplete. */
  readonly bytes: Buffer;
  /** Whether the record before the offset is no longer in the log; then there are no bytes. */
  readonly hasDiverged: boolean;
}

/** A partition of a fetch response with several partitions. */
export interface FetchedPartition extends LogPart {
  readonly partition: number;
  /** Id of a closer broker to read from; -1 if there is none. */
  readonly preferredReadReplica: number;
}

/** Parameters of a fetch request. */
export interface FetchProps {
  /** Maximum time for which the broker delays a response with fewer than `minBytes`. */
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly rackId: string;
  readonly topics: readonly {
    readonly topicId: string;
    readonly partitions: readonly (LogPosition & { readonly maxBytes: number })[];
  }[];
}

export interface FetchAnswer {
  readonly throttleMs: number;
  /** Kafka's error code for the whole request. */
  readonly code: number;
  readonly topics: readonly { readonly topicId: string; readonly partitions: readonly FetchedPartition[] }[];
}

/** Fetch v13 with `read_committed`; the leader of a partition answers, and the replica that it has named as closer. */
export const fetchLogs = (props: FetchProps): Request<FetchAnswer> => ({
  apiKey: API_KEY,
  version: FETCH_VERSION,
  encode: (body) => encode(body, props),
  decode,
});

/**
 * Like {@link fetchLogs}, for one partition and without waiting.
 * @param maxBytes a larger first batch is returned nevertheless
 */
export const fetchLog = ({ topicId, ...position }: LogPlace, maxBytes: number): Request<LogPart> => ({
  ...fetchLogs({
    maxWaitMs: AT_ONCE,
    minBytes: 0,
    maxBytes,
    rackId: '',
    topics: [{ topicId, partitions: [{ ...position, maxBytes }] }],
  }),
  decode: (body) => {
    const { code, topics } = decode(body);
    return topics[0]?.partitions[0] ?? { ...NOTHING, code };
  },
});

const NOTHING: Omit<LogPart, 'code'> = {
  highWatermark: -1n,
  lastStableOffset: -1n,
  logStartOffset: -1n,
  aborted: [],
  bytes: Buffer.alloc(0),
  hasDiverged: false,
};

function encode(body: Encoder, { maxWaitMs, minBytes, maxBytes, rackId, topics }: FetchProps): void {
  body.int32(CLIENT).int32(maxWaitMs).int32(minBytes).int32(maxBytes).int8(READ_COMMITTED);
  body.int32(NO_SESSION).int32(FINAL_EPOCH);
  body.array(topics, ({ topicId, partitions }) => {
    body.uuid(topicId);
    body.array(partitions, ({ partition, offset, leaderEpoch = NO_EPOCH, maxBytes: most }) => {
      body.int32(partition).int32(NO_EPOCH).int64(offset).int32(leaderEpoch).int64(-1n).int32(most).noTags();
    });
    body.noTags();
  });
  body.array([], () => undefined);
  body.string(rackId).noTags();
}

function decode(body: Decoder): FetchAnswer {
  const throttleMs = body.int32();
  const code = body.int16();
  body.int32();
  const topics = body.array(() => {
    const topicId = body.uuid();
    const partitions = body.array(() => decodePartition(body));
    body.skipTags();
    return { topicId, partitions };
  });
  body.skipTags();
  return { throttleMs, code, topics };
}

function decodePartition(body: Decoder): FetchedPartition {
  const partition = body.int32();
  const code = body.int16();
  const highWatermark = body.int64();
  const lastStableOffset = body.int64();
  const logStartOffset = body.int64();
  const aborted = body.array(() => {
    const transaction = { producerId: body.int64(), firstOffset: body.int64() };
    body.skipTags();
    return transaction;
  });
  const preferredReadReplica = body.int32();
  const bytes = body.bytes();
  const hasDiverged = body.tags().includes(DIVERGING_EPOCH_TAG);
  const offsets = { highWatermark, lastStableOffset, logStartOffset };
  return { partition, code, ...offsets, aborted, preferredReadReplica, bytes, hasDiverged };
}
