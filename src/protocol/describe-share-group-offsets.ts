import { UUID_BYTES } from './group-members';
import type { Decoder } from './protocol';
import type { Request } from './request';

/** The progress of a share group in a partition. */
export interface SharePartition {
  /** Offset of the first record that may still be delivered; -1 before the group has read any. */
  readonly startOffset: bigint;
  /** Number of unacknowledged records; -1 if the broker does not know. */
  readonly lag: bigint;
}

/** All partitions of a share group, or Kafka's error code. */
export interface ShareGroupOffsets {
  readonly group: string;
  readonly code: number;
  readonly partitions: ReadonlyMap<string, ReadonlyMap<number, SharePartition>>;
}

/** DescribeShareGroupOffsets v1 (Kafka 4.2) for all partitions that the groups read; only their coordinator answers. */
export const describeShareGroupOffsets = (groups: readonly string[]): Request<readonly ShareGroupOffsets[]> => ({
  apiKey: 90,
  version: 1,
  encode: (body) => {
    body.array(groups, (group) => void body.string(group).nullArray().noTags());
    body.noTags();
  },
  decode: (body) => {
    body.int32();
    return body.array(() => {
      const group = body.string();
      const topics = body.array(() => decodeTopic(body));
      const code = body.int16();
      body.nullableString();
      body.skipTags();
      return { group, code, partitions: new Map(topics) };
    });
  },
});

/** A partition with an error is omitted. */
function decodeTopic(body: Decoder): readonly [string, ReadonlyMap<number, SharePartition>] {
  const topic = body.string();
  body.skip(UUID_BYTES);
  const partitions = body.array(() => {
    const [partition, startOffset] = [body.int32(), body.int64()];
    body.int32();
    const lag = body.int64();
    const code = body.int16();
    body.nullableString();
    body.skipTags();
    return code === 0 ? [[partition, { startOffset, lag }] as const] : [];
  });
  body.skipTags();
  return [topic, new Map(partitions.flat())];
}
