import { together, type GroupMembers, type TopicAssignment } from './group-members';
import { Decoder } from './protocol';
import type { Request } from './request';
import { describeGroupsRequest } from './describe-groups-request';

/** Protocol type of groups whose assignments are partitions; that of Kafka Connect differs. */
const CONSUMERS = 'consumer';

/** DescribeGroups v5 for groups of type `classic`; only their coordinator answers. */
export const describeGroups = (groups: readonly string[]): Request<readonly GroupMembers[]> =>
  describeGroupsRequest({ apiKey: 15, version: 5 }, groups, (body) => {
    const head = { code: body.int16(), group: body.string() };
    body.string();
    const protocolType = body.string();
    body.string();
    const assignments = body.array(() => decodeMember(body));
    const assigned = protocolType === CONSUMERS ? assignments.flatMap(decodeAssignment) : [];
    return { ...head, members: assignments.length, assigned: together(assigned) };
  });

/** @returns the assignment as bytes, which brokers do not interpret; empty during a rebalance */
function decodeMember(body: Decoder): Buffer {
  body.string();
  body.nullableString();
  body.string();
  body.string();
  body.bytes();
  const assignment = body.bytes();
  body.skipTags();
  return assignment;
}

/** The format that consumers exchange, in the protocol's older encoding. */
function decodeAssignment(bytes: Buffer): readonly TopicAssignment[] {
  if (bytes.length === 0) return [];
  const body = new Decoder(bytes);
  body.int16();
  return body.oldArray(() => [body.oldString(), body.oldArray(() => body.int32())] as const);
}
