import type { GroupMembers } from './describe-groups';
import type { Decoder } from './protocol';
import type { Request } from './request';

const UUID_BYTES = 16;

/** ConsumerGroupDescribe v0 of groups of type `consumer` (KIP-848), which DescribeGroups takes for dead. */
export const describeConsumerGroups = (groups: readonly string[]): Request<readonly GroupMembers[]> => ({
  apiKey: 69,
  version: 0,
  encode: (body) => {
    body.array(groups, (group) => void body.string(group));
    body.boolean(false).noTags();
  },
  decode: (body) => {
    body.int32();
    return body.array(() => {
      const code = body.int16();
      body.nullableString();
      const group = body.string();
      body.string();
      body.int32();
      body.int32();
      body.string();
      const members = body.array(() => skipMember(body)).length;
      body.int32();
      body.skipTags();
      return { group, code, members };
    });
  },
});

function skipMember(body: Decoder): void {
  body.string();
  body.nullableString();
  body.nullableString();
  body.int32();
  body.string();
  body.string();
  body.array(() => body.string());
  body.nullableString();
  skipAssignment(body);
  skipAssignment(body);
  body.skipTags();
}

function skipAssignment(body: Decoder): void {
  body.array(() => {
    body.skip(UUID_BYTES).string();
    body.array(() => body.int32());
    body.skipTags();
  });
  body.skipTags();
}
