import { decodeAssignment, together, type GroupMembers, type TopicAssignment } from './group-members';
import type { Decoder } from './protocol';
import type { Request } from './request';
import { decodeGroupHead, describeGroupsRequest } from './describe-groups-request';

/** ShareGroupDescribe v1 for groups of type `share` (KIP-932). */
export const describeShareGroups = (groups: readonly string[]): Request<readonly GroupMembers[]> =>
  describeGroupsRequest({ apiKey: 77, version: 1 }, groups, (body) => {
    const head = decodeGroupHead(body);
    body.string();
    const assignments = body.array(() => decodeMember(body));
    return { ...head, members: assignments.length, assigned: together(assignments.flat()) };
  });

function decodeMember(body: Decoder): readonly TopicAssignment[] {
  body.string();
  body.nullableString();
  body.int32();
  body.string();
  body.string();
  body.array(() => body.string());
  const assignment = decodeAssignment(body);
  body.skipTags();
  return assignment;
}
