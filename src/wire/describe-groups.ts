import type { Decoder } from './protocol';
import type { Request } from './request';

/** How many members a group has, or Kafka's number of the error with which the broker refuses to tell. */
export interface GroupMembers {
  readonly group: string;
  readonly code: number;
  readonly members: number;
}

/** DescribeGroups v5 of groups of type `classic`; only their coordinator knows them. */
export const describeGroups = (groups: readonly string[]): Request<readonly GroupMembers[]> => ({
  apiKey: 15,
  version: 5,
  encode: (body) => {
    body.array(groups, (group) => void body.string(group));
    body.boolean(false).noTags();
  },
  decode: (body) => {
    body.int32();
    return body.array(() => {
      const head = { code: body.int16(), group: body.string() };
      body.string();
      body.string();
      body.string();
      const members = body.array(() => skipMember(body)).length;
      body.int32();
      body.skipTags();
      return { ...head, members };
    });
  },
});

function skipMember(body: Decoder): void {
  body.string();
  body.nullableString();
  body.string();
  body.string();
  skipBytes(body);
  skipBytes(body);
  body.skipTags();
}

const skipBytes = (body: Decoder): Decoder => body.skip(Math.max(0, body.varint() - 1));
