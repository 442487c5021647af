import { decodeAssignment, together, type GroupMembers, type TopicAssignment } from './group-members';
import type { Decoder } from './protocol';
import type { Request } from './request';
import { decodeGroupHead, describeGroupsRequest } from './describe-groups-request';

/** ConsumerGroupDescribe v0 for groups of type `consumer` (KIP-848). DescribeGroups reports these groups as dead. */
export const describeConsumerGroups = (groups: readonly string[]): Request<readonly GroupMembers[]> =>
  describeGroupsRequest({ apiKey: 69, version: 0 }, groups, (body) => {
    const head = decodeGroupHead(body);
    body.string();
    const assignments = body.array(() => decodeMember(body));
    return { ...head, members: assignments.length, assigned: together(assignments.flat()) };
  });

/** The current and the target assignment of a member. */
function decodeMember(body: Decoder): readonly TopicAssignment[] {
  body.string();
  body.nullableString();
  body.nullableString();
  body.int32();
  body.string();
  body.string();
  body.array(() => body.string());
  body.nullableString();
  const assignments = [...decodeAssignment(body), ...decodeAssignment(body)];
  body.skipTags();
  return assignments;
}
