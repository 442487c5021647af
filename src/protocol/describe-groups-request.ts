import type { GroupMembers } from './group-members';
import type { Decoder } from './protocol';
import type { Request } from './request';

/**
 * A request that describes groups by name; each type of group has a separate request.
 * @param decodeGroup reads a group up to the authorized operations, which are not requested
 */
export const describeGroupsRequest = (
  api: Pick<Request<unknown>, 'apiKey' | 'version'>,
  groups: readonly string[],
  decodeGroup: (body: Decoder) => GroupMembers,
): Request<readonly GroupMembers[]> => ({
  ...api,
  encode: (body) => {
    body.array(groups, (group) => void body.string(group));
    body.boolean(false).noTags();
  },
  decode: (body) => {
    body.int32();
    return body.array(() => {
      const group = decodeGroup(body);
      body.int32();
      body.skipTags();
      return group;
    });
  },
});

/** The common start of a response about a group of type `consumer`, `share` or `streams`. */
export function decodeGroupHead(body: Decoder): Pick<GroupMembers, 'group' | 'code'> {
  const code = body.int16();
  body.nullableString();
  const group = body.string();
  body.string();
  body.int32();
  body.int32();
  return { group, code };
}
