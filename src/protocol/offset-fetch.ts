import type { Decoder } from './protocol';
import type { Request } from './request';

/** Committed offsets by topic and partition. */
export type CommittedOffsets = ReadonlyMap<string, ReadonlyMap<number, bigint>>;

/** All committed offsets of a group, or Kafka's error code. */
export interface GroupOffsets {
  readonly group: string;
  readonly code: number;
  readonly committed: CommittedOffsets;
}

/**
 * OffsetFetch v8 for all committed offsets of the groups; only their coordinator answers. Offsets of open transactions
 * are not included.
 */
export const offsetFetch = (groups: readonly string[]): Request<readonly GroupOffsets[]> => ({
  apiKey: 9,
  version: 8,
  encode: (body) => {
    body.array(groups, (group) => void body.string(group).nullArray().noTags());
    body.boolean(false).noTags();
  },
  decode: (body) => {
    body.int32();
    return body.array(() => decodeGroup(body));
  },
});

/**
 * An error of a single partition counts for the whole group. The partition must not be mistaken for one without a
 * committed offset.
 */
function decodeGroup(body: Decoder): GroupOffsets {
  const codes: number[] = [];
  const group = body.string();
  const topics = body.array(() => {
    const topic = body.string();
    const partitions = body.array(() => {
      const committed = [body.int32(), body.int64()] as const;
      body.int32();
      body.nullableString();
      codes.push(body.int16());
      body.skipTags();
      return committed;
    });
    body.skipTags();
    return [topic, new Map(partitions)] as const;
  });
  codes.unshift(body.int16());
  body.skipTags();
  return { group, code: codes.find((code) => code !== 0) ?? 0, committed: new Map(topics) };
}
