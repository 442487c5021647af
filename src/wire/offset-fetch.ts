import type { Decoder } from './protocol';
import type { Request } from './request';

/** Committed offsets by topic and partition. */
export type CommittedOffsets = ReadonlyMap<string, ReadonlyMap<number, bigint>>;

/** All that a group has committed, or Kafka's number of the error with which the broker refuses to tell. */
export interface GroupOffsets {
  readonly group: string;
  readonly code: number;
  readonly committed: CommittedOffsets;
}

/**
 * OffsetFetch v8 of everything that each of these groups has committed; only their coordinator knows. Commits of
 * transactions that are still open do not count yet.
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

/** An error of a single partition counts for the group: the partition must not pass for one without a commit. */
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
