import type { Decoder } from './protocol';
import type { Request } from './request';

const NO_REPLICA = -1;
const ANY_LEADER_EPOCH = -1;

const READ_UNCOMMITTED = 0;
const READ_COMMITTED = 1;

/** Special value of the timestamp. */
const EARLIEST = -2n;
const LATEST = -1n;

/** Kinds of offsets: the start of the log, the high watermark, and the last stable offset. */
export const LOG_OFFSETS = {
  start: { timestamp: EARLIEST, isolation: READ_UNCOMMITTED },
  highWatermark: { timestamp: LATEST, isolation: READ_UNCOMMITTED },
  lastStable: { timestamp: LATEST, isolation: READ_COMMITTED },
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

/** ListOffsets v6; only the leader of a partition answers. */
export const listOffsets = (
  which: keyof typeof LOG_OFFSETS,
  topics: readonly TopicPartitions[],
): Request<readonly ListedOffset[]> => ({
  apiKey: 2,
  version: 6,
  encode: (body) => {
    const { timestamp, isolation } = LOG_OFFSETS[which];
    body.int32(NO_REPLICA).int8(isolation);
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
