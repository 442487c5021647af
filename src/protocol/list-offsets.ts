import type { Decoder } from './protocol';
import type { Request } from './request';

/** Of a client, which only the leader answers, and whose offsets end where it may read. */
const CONSUMER = -1;

/** Kafka's DEBUGGING_REPLICA_ID: every replica answers, with the end of its own log. */
const ANY_REPLICA = -2;

const ANY_LEADER_EPOCH = -1;

const READ_UNCOMMITTED = 0;
const READ_COMMITTED = 1;

/** Special value of the timestamp. */
const EARLIEST = -2n;
const LATEST = -1n;

/**
 * Kinds of offsets: the start of the log, the high watermark, the last stable offset, and the end of the log of the queried
 * replica, be it the leader or a follower.
 */
export const LOG_OFFSETS = {
  start: { timestamp: EARLIEST, isolation: READ_UNCOMMITTED, replica: CONSUMER },
  highWatermark: { timestamp: LATEST, isolation: READ_UNCOMMITTED, replica: CONSUMER },
  lastStable: { timestamp: LATEST, isolation: READ_COMMITTED, replica: CONSUMER },
  ownEnd: { timestamp: LATEST, isolation: READ_UNCOMMITTED, replica: ANY_REPLICA },
} as const;

export interface TopicPartitions {
  readonly topic: string;
  readonly partitions: readonly number[];
}

/** An offset, or Kafka's error code. */
export interface ListedOffset {
  readonly topic: string;
  readonly partition: number;
  readonly code: number;
  readonly offset: bigint;
}

/** ListOffsets v6; only the leader of a partition answers, except for `ownEnd`. */
export const listOffsets = (
  which: keyof typeof LOG_OFFSETS,
  topics: readonly TopicPartitions[],
): Request<readonly ListedOffset[]> => ({
  apiKey: 2,
  version: 6,
  encode: (body) => {
    const { timestamp, isolation, replica } = LOG_OFFSETS[which];
    body.int32(replica).int8(isolation);
    body.array(topics, ({ topic, partitions }) => {
      body.string(topic);
      body.array(partitions, (partition) => {
        body.int32(partition).int32(ANY_LEADER_EPOCH).int64(timestamp).noTags();
      });
      body.noTags();
    });
    body.noTags();
  },
  decode: (body) => {
    body.int32();
    return body.array(() => decodeTopic(body)).flat();
  },
});

function decodeTopic(body: Decoder): readonly ListedOffset[] {
  const topic = body.string();
  const offsets = body.array(() => {
    const head = { topic, partition: body.int32(), code: body.int16() };
    body.int64();
    const offset = body.int64();
    body.int32();
    body.skipTags();
    return { ...head, offset };
  });
  body.skipTags();
  return offsets;
}
